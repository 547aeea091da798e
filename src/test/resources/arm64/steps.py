"""Writes steps.txt: what single arm64 instructions do, by Unicorn 2.1.4 (pip install unicorn).

python3 steps.py | gzip -9n > steps.txt.gz
"""
import random, struct
from unicorn import *
from unicorn.arm64_const import *
M=(1<<64)-1
def mix(z):
    z=(z+0x9E3779B97F4A7C15)&M
    z=((z^(z>>30))*0xBF58476D1CE4E5B9)&M
    z=((z^(z>>27))*0x94D049BB133111EB)&M
    return z^(z>>31)
DATA,DLEN=0x40000000,0x40000
CODE,CLEN=0x50000000,0x200000
PC=CODE+0x100000
BASE=DATA+0x20000
def value(seed,i):
    h=mix(seed*64+i)
    return [0,M,1,h>>32,1<<63,0x7fffffff,h,h,h&0xff,h|0xffffffff00000000,h,0x80000000,h&63,(0-(h&0xff))&M,h,h][h>>8&15]
def state(seed):
    x=[value(seed,i) for i in range(31)]
    x[26]=0x28; x[27]=(0xabcdef01<<32)|0xffffffe8
    x[28]=BASE; x[29]=BASE+0x100
    return x,BASE+0x200,mix(seed)&15
def pattern(a,n): return b''.join(struct.pack('<Q',mix(w)) for w in range(a>>3,(a+n)>>3))
PD=pattern(DATA,DLEN); PCODE=pattern(CODE,CLEN)
uc=Uc(UC_ARCH_ARM64,UC_MODE_ARM)
uc.ctl_set_cpu_model(UC_CPU_ARM64_MAX)
uc.mem_map(DATA,DLEN); uc.mem_map(CODE,CLEN)
uc.mem_write(DATA,PD); uc.mem_write(CODE,PCODE)
X=[UC_ARM64_REG_X0+i for i in range(29)]+[UC_ARM64_REG_X29,UC_ARM64_REG_X30]
def run(w,seed):
    x,sp,f=state(seed)
    for r,v in zip(X,x): uc.reg_write(r,v)
    uc.reg_write(UC_ARM64_REG_SP,sp); uc.reg_write(UC_ARM64_REG_NZCV,f<<28)
    uc.reg_write(UC_ARM64_REG_CPACR_EL1,3<<20)
    for i in range(4): uc.reg_write(UC_ARM64_REG_D0+i,mix(seed*64+32+i))
    uc.mem_write(PC,struct.pack('<I',w))
    uc.ctl_remove_cache(PC,PC+4)
    writes=[]
    h=uc.hook_add(UC_HOOK_MEM_WRITE,lambda u,t,a,s,v,d: writes.append((a,s)))
    res=[]
    try:
        uc.emu_start(PC,M,count=1)
        for i,r in enumerate(X):
            v=uc.reg_read(r)
            if v!=x[i]: res.append('x%d=%x'%(i,v))
        v=uc.reg_read(UC_ARM64_REG_SP)
        if v!=sp: res.append('sp=%x'%v)
        v=uc.reg_read(UC_ARM64_REG_NZCV)>>28
        if v!=f: res.append('nzcv=%x'%v)
        v=uc.reg_read(UC_ARM64_REG_PC)
        if v!=PC+4: res.append('pc=%x'%v)
        for i in range(4):
            v=uc.reg_read(UC_ARM64_REG_D0+i)
            if v!=mix(seed*64+32+i): res.append('d%d=%x'%(i,v))
        ws=sorted({b&~7 for a,s in writes for b in (a,a+s-1)})
        for a in ws:
            v=struct.unpack('<Q',uc.mem_read(a,8))[0]
            if v!=mix(a>>3): res.append('[%x]=%x'%(a,v))
    except UcError as e:
        if e.errno in (UC_ERR_INSN_INVALID,UC_ERR_EXCEPTION): res=['undefined']
        elif e.errno in (UC_ERR_READ_UNMAPPED,UC_ERR_WRITE_UNMAPPED): res=['fault']
        else: res=None
    uc.hook_del(h)
    for a,s in writes:
        b=a&~7; 
        for q in (b,(a+s-1)&~7):
            if DATA<=q<DATA+DLEN: uc.mem_write(q,struct.pack('<Q',mix(q>>3)))
            elif CODE<=q<CODE+CLEN: uc.mem_write(q,struct.pack('<Q',mix(q>>3)))
    uc.mem_write(PC,struct.pack('<Q',mix(PC>>3)))
    return res
R=random.Random(20261122)
def rnd(n): return R.getrandbits(n)
def reg():
    return rnd(5) if R.random()<.9 else 31
def base(): return R.choice([28,29,31])
def data():  # transferred, never the base
    while True:
        r=rnd(5)
        if r not in (28,29): return r
G={}
def g(f): G[f.__name__]=f; return f
@g
def addimm(): return rnd(1)<<31|rnd(2)<<29|0x11000000|rnd(1)<<22|rnd(12)<<10|reg()<<5|reg()
@g
def logimm(): return rnd(1)<<31|rnd(2)<<29|0x12000000|rnd(1)<<22|rnd(6)<<16|rnd(6)<<10|reg()<<5|reg()
@g
def movwide(): return rnd(1)<<31|rnd(2)<<29|0x12800000|rnd(2)<<21|rnd(16)<<5|reg()
@g
def bitfield():
    sf=rnd(1); n=sf if R.random()<.9 else 1-sf
    return sf<<31|R.choice([0,1,2,2,3 if R.random()<.1 else 0])<<29|0x13000000|n<<22|(rnd(6) if sf or R.random()<.1 else rnd(5))<<16|(rnd(6) if sf or R.random()<.1 else rnd(5))<<10|reg()<<5|reg()
@g
def extr():
    sf=rnd(1); return sf<<31|0x13800000|sf<<22|reg()<<16|(rnd(6) if sf else rnd(5))<<10|reg()<<5|reg()
@g
def adr(): return rnd(1)<<31|rnd(2)<<29|0x10000000|rnd(19)<<5|reg()
@g
def logreg():
    sf=rnd(1); return sf<<31|rnd(2)<<29|0x0a000000|rnd(2)<<22|rnd(1)<<21|reg()<<16|(rnd(6) if sf or R.random()<.1 else rnd(5))<<10|reg()<<5|reg()
@g
def addreg():
    sf=rnd(1); return sf<<31|rnd(2)<<29|0x0b000000|R.choice([0,1,2,0,1,2,3])<<22|reg()<<16|(rnd(6) if sf or R.random()<.1 else rnd(5))<<10|reg()<<5|reg()
@g
def addext(): return rnd(1)<<31|rnd(2)<<29|0x0b200000|reg()<<16|rnd(3)<<13|R.choice([0,1,2,3,4,5])<<10|reg()<<5|reg()
@g
def adc(): return rnd(1)<<31|rnd(2)<<29|0x1a000000|reg()<<16|reg()<<5|reg()
@g
def ccmp(): return rnd(1)<<31|rnd(1)<<30|0x3a400000|rnd(5)<<16|rnd(4)<<12|rnd(1)<<11|reg()<<5|rnd(4)
@g
def csel(): return rnd(1)<<31|rnd(1)<<30|0x1a800000|reg()<<16|rnd(4)<<12|rnd(1)<<10|reg()<<5|reg()
@g
def two(): return rnd(1)<<31|0x1ac00000|reg()<<16|R.choice([2,3,8,9,10,11,2,3,1,7])<<10|reg()<<5|reg()
@g
def one():
    return rnd(1)<<31|0x5ac00000|R.choice([0,1,2,3,4,5])<<10|reg()<<5|reg()
@g
def mul():
    op=R.choice([0,0,1,5,2,6]); sf=1 if op else rnd(1); o=rnd(1) if op not in(2,6) else 0
    return sf<<31|0x1b000000|op<<21|reg()<<16|o<<15|(31 if op in (2,6) else reg())<<10|reg()<<5|reg()
@g
def ldst_u(): return rnd(2)<<30|0x39000000|R.choice([0,1,1,2,3])<<22|rnd(R.choice([4,8,12]))<<10|base()<<5|data()
@g
def ldst_9():
    m=R.choice([0,1,2,3]); s=rnd(2); o=R.choice([0,1,1,2,3])
    if s==3 and o==2 and m: o=1
    return s<<30|0x38000000|o<<22|rnd(9)<<12|m<<10|base()<<5|data()
@g
def ldst_r(): return rnd(2)<<30|0x38200800|R.choice([0,1,1,2,3])<<22|R.choice([26,27])<<16|R.choice([2,3,6,7,2,3,6,7,1])<<13|rnd(1)<<12|base()<<5|data()
@g
def pair():
    o=R.choice([0,2,2,1]); l=1 if o==1 else rnd(1); m=R.choice([1,2,3] if o==1 else [0,1,2,3])
    a=data(); b=data()
    while l and a==b: b=data()
    return o<<30|0x28000000|m<<23|l<<22|rnd(7)<<15|b<<10|base()<<5|a
@g
def wild(): 
    n=rnd(5); t=n^7
    return rnd(2)<<30|0x39000000|R.choice([0,1])<<22|rnd(6)<<10|n<<5|t
@g
def lit(): return R.choice([0,1,2,3])<<30|0x18000000|rnd(19)<<5|data()
@g
def litd(): return 0x5c000000|rnd(19)<<5|rnd(2)
@g
def fmov(): return R.choice([0x9e660000|rnd(2)<<5|reg(),0x9e670000|reg()<<5|rnd(2)])
@g
def br(): return rnd(1)<<31|0x14000000|(R.getrandbits(17)-65536)&0x3ffffff
@g
def bcond(): return 0x54000000|rnd(19)<<5|rnd(4)
@g
def cb(): return rnd(1)<<31|0x34000000|rnd(1)<<24|rnd(19)<<5|reg()
@g
def tb(): return rnd(1)<<31|0x36000000|rnd(1)<<24|rnd(5)<<19|rnd(14)<<5|reg()
@g
def breg(): return R.choice([0xd61f0000,0xd63f0000,0xd65f0000])|R.choice([28,29])<<5
@g
def hint(): return R.choice([0xd503201f,0xd503233f|0,0xd503245f,0xd5033f9f,0xd5033bbf,0xd5033fdf,0xd5033f5f])
count={'lit':24,'litd':8,'fmov':10,'br':12,'breg':6,'hint':7,'adr':16,'extr':20,'adc':24,'wild':24,'one':30,'movwide':30}
out=['# One arm64 instruction each, executed from a pseudo-random state: word, seed of the state, then every register and', '# memory word that is different afterwards, in hexadecimal; "fault" if it accesses what is not mapped, "undefined" if', '# it is no instruction. pc stands there only if it is not the next instruction. Computed with Unicorn 2.1.4, a', '# processor model made from QEMU; Arm64StepTest says how a seed makes a state.']
for name,f in G.items():
    done=und=0; want=count.get(name,48)
    while done<want:
        w=f(); s=rnd(10)
        r=run(w,s)
        if r is None: continue
        if r==['undefined']:
            und+=1
            if und>4: 
                if und>400: break
                continue
        if name=='hint' and w==0xd503233f: r=[]
        done+=1
        out.append('%08x %d %s'%(w,s,' '.join(r)))
print('\n'.join(l.rstrip() for l in out))
