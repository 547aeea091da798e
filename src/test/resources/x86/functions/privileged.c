/* What kernels write in assembler. */
typedef unsigned long u64;
typedef unsigned int u32;
typedef unsigned short u16;
typedef unsigned char u8;

u64 irq_save(void) { u64 f; asm volatile("pushf; pop %0; cli" : "=r"(f) : : "memory"); return f; }
void irq_restore(u64 f) { asm volatile("push %0; popf" : : "g"(f) : "memory", "cc"); }
void irq_idle(void) { asm volatile("sti; hlt; cli; cld; std; clc; stc; cmc; sahf; lahf; cld" : : : "memory", "ax"); }
u64 tsc(void) { u32 a, d; asm volatile("rdtsc" : "=a"(a), "=d"(d)); asm volatile("rdtscp" : "=a"(a), "=d"(d) : : "cx"); return a | (u64)d << 32; }
u64 msr(u32 n) { u32 a, d; asm volatile("rdmsr" : "=a"(a), "=d"(d) : "c"(n)); asm volatile("wrmsr" : : "a"(a), "d"(d), "c"(n)); asm volatile("rdpmc" : "=a"(a), "=d"(d) : "c"(n)); return a | (u64)d << 32; }
u32 ident(u32 leaf) { u32 a = leaf, b, c = 0, d; asm volatile("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d)); return a ^ b ^ c ^ d; }
u64 control(u64 v) {
  u64 a;
  asm volatile("mov %%cr0, %0; mov %0, %%cr0; mov %%cr2, %0; mov %%cr3, %0; mov %0, %%cr3; mov %%cr4, %0; mov %0, %%cr4" : "=r"(a) : "0"(v));
  asm volatile("mov %%cr8, %0; mov %0, %%cr8; mov %%db7, %0; mov %0, %%db6; clts; smsw %%ax; lmsw %%ax" : "=r"(a) : : "ax");
  return a;
}
void tables(void *p, u16 s) {
  asm volatile("lgdt (%0); sgdt 8(%0); lidt 16(%0); sidt 0x200(%0); lldt %w1; sldt %w1; ltr %w1; str %w1" : : "r"(p), "r"(s) : "memory");
  asm volatile("mov %%ds, %0; mov %0, %%es; mov %0, %%ds; mov %0, %%fs; mov %0, %%gs; mov %%gs, (%1); verr %w0; verw (%1); lar %w0, %w0; lsl %w0, %w0" : : "r"((u64)s), "r"(p) : "memory");
  asm volatile("push %%fs; push %%gs; pop %%gs; pop %%fs; lfs (%0), %%eax; lss (%0), %%ecx; lgs (%0), %%edx" : : "r"(p) : "memory", "ax", "cx", "dx");
  asm volatile("mov %0, %%ss" : : "r"((u32)s));
}
void cache(void *p) {
  asm volatile("invlpg (%0); invlpg 0x1000(%0,%0); wbinvd; invd; clflush (%0); clflushopt 64(%0); clwb (%0)" : : "r"(p) : "memory");
  asm volatile("prefetcht0 (%0); prefetcht1 8(%0); prefetcht2 (%0); prefetchnta (%0); prefetchw (%0); movnti %%rax, (%0); movnti %%eax, 4(%0)" : : "r"(p) : "memory");
  asm volatile("invpcid (%0), %0; invept (%0), %0; invvpid (%0), %0" : : "r"(p) : "memory");
  asm volatile("lfence; mfence; sfence; pause; rep; nop; serialize" : : : "memory");
}
void modes(void) { asm volatile("swapgs; clac; stac; monitor; mwait; vmcall; vmlaunch; vmresume; vmxoff; vmmcall; vmrun; vmload; vmsave; stgi; clgi; skinit; invlpga; xgetbv; xsetbv; rsm"); }
void areas(void *p) { asm volatile("fxsave (%0); fxrstor (%0); fxsave64 (%0); xsave (%0); xrstor 0x40(%0); xsaveopt (%0); xsavec64 (%0); xsaves (%0); xrstors (%0); ldmxcsr (%0); stmxcsr 4(%0)" : : "r"(p) : "memory"); }
void bases(u64 v) { asm volatile("rdfsbase %0; rdgsbase %0; wrfsbase %0; wrgsbase %0; rdpid %0; rdrand %0; rdseed %k0; rdrand %w0" : "+r"(v)); }
void vmx(u64 v, u64 *m) { asm volatile("vmread %0, %0; vmread %0, (%1); vmwrite %0, %0; vmwrite (%1), %0; vmptrld (%1); vmptrst (%1); vmclear (%1); vmxon (%1)" : "+r"(v) : "r"(m) : "memory"); }
void traps(int n) {
  if (n == 1) asm volatile("int3");
  if (n == 2) asm volatile("int $0x80");
  if (n == 3) asm volatile("ud2");
  if (n == 4) asm volatile("ud1 %eax, %ecx");
  if (n == 5) asm volatile("ud0 8(%rax), %ecx");
  if (n == 6) asm volatile("int1");
  if (n == 7) asm volatile("syscall; sysretq; sysretl; sysenter; sysexit; iretq; iretl; iretw");
  if (n == 8) asm volatile("lret; lret $16; lretq; ljmp *(%rax); lcall *8(%rax); rex.W ljmp *(%rcx); retw");
  if (n == 9) asm volatile("ud1 0x12(%ebx), %eax");
}
void ports(u16 p, void *m) {
  u32 v;
  asm volatile("inb %w1, %b0; inw %w1, %w0; inl %w1, %0; outb %b0, %w1; outw %w0, %w1; outl %0, %w1" : "=a"(v) : "d"(p));
  asm volatile("inb $0x80, %%al; inl $0x70, %%eax; inw $4, %%ax; outb %%al, $0x80; outl %%eax, $0xed; outw %%ax, $2" : : : "ax");
  asm volatile("rep insb; rep insw; rep insl; rep outsb; rep outsw; rep outsl; insb; outsl" : : "D"(m), "S"(m), "c"(9), "d"(p) : "memory");
}
void strings(void *to, void *from, u64 n) {
  asm volatile("rep movsb; rep movsw; rep movsl; rep movsq; rep stosb; rep stosw; rep stosl; rep stosq" : "+D"(to), "+S"(from), "+c"(n) : "a"(0) : "memory");
  asm volatile("repe cmpsb; repe cmpsq; repne scasb; repne scasl; lodsb; lodsw; lodsl; lodsq; movsb; movsq; stosb; stosl; scasq; cmpsw" : "+D"(to), "+S"(from), "+c"(n) : : "memory", "ax");
  asm volatile("addr32 rep movsb; addr32 lodsl; xlat; addr32 xlat; gs movsb; rep fs movsl" : "+D"(to), "+S"(from), "+c"(n) : : "memory", "ax");
}
void locked(u64 *p, u64 v) {
  asm volatile("lock addq %1, %0; lock subl %k1, %0; lock orw %w1, %0; lock andb %b1, %0; lock xorq $0x12345, %0; lock incl %0; lock decq %0; lock notb %0; lock negw %0" : "+m"(*p) : "q"(v));
  asm volatile("lock btsq %1, %0; lock btrl %k1, %0; lock btcw $3, %0; btq $63, %0; btl %k1, %0; lock xaddq %1, %0; xchgb %b1, %0; xchgl %k1, %0; lock adcq $1, %0; lock sbbl $-2, %0" : "+m"(*p) : "q"(v));
  asm volatile("lock cmpxchgq %1, %0; cmpxchgb %b1, %0; lock cmpxchgl %k1, %0; lock cmpxchg8b %0; lock addl $0, -4(%%rsp); lock cmpxchgw %w1, %0" : "+m"(*p) : "q"(v) : "ax", "dx");
  asm volatile("lock cmpxchg16b (%0); xacquire lock addl $1, (%0); xrelease lock subl $1, (%0); xrelease movl $0, (%0)" : : "r"(p) : "memory");
}
void per_cpu(u64 v) {
  asm volatile("movq %%gs:0x1234, %0; addl $1, %%gs:0x40; incl %%gs:(%0); movq %%fs:0x28, %0; movabs %%gs:0x1122334455667788, %%rax; cmpxchgq %0, %%gs:8" : "+r"(v) : : "rax", "memory");
  asm volatile("movl %%gs:some_symbol(%%rip), %k0; decl %%gs:some_symbol; leaq %%gs:(%0), %0; xaddl %k0, %%gs:4(%0,%0,8)" : "+r"(v) : : "memory");
}
void paddings(void) {
  asm volatile("nop; xchg %ax, %ax; nopl (%rax); nopl 0(%rax); .byte 0x0f,0x1f,0x44,0,0; .byte 0x66,0x0f,0x1f,0x44,0,0; .byte 0x0f,0x1f,0x80,0,0,0,0; .byte 0x0f,0x1f,0x84,0,0,0,0,0");
  asm volatile(".nops 9; .nops 10; .nops 11; .nops 12; .nops 15, 11; .nops 37; nopw %ax; nopq %r9; endbr64; endbr32; rdsspq %rax; incsspq %rax; xchg %rax, %rax; xchg %eax, %eax; xchg %r8, %rax; data16 nop; rep ret; bnd ret; bnd jmp *%rax; notrack jmp *%rax; notrack call *(%rcx)");
}
void jumps(u64 n) {
  asm volatile("1: loop 1b; loope 1b; loopne 1b; jrcxz 1b; jecxz 1b; addr32 loop 1b" : "+c"(n));
  asm volatile("1: jo 1b; jno 1b; jb 1b; jae 1b; je 1b; jne 1b; jbe 1b; ja 1b; js 1b; jns 1b; jp 1b; jnp 1b; jl 1b; jge 1b; jle 1b; jg 1b; jmp 1b; {disp32} jmp 1b; {disp32} je 1b; jc,pn 1b; je,pt 1b");
  asm volatile("{disp32} jo far_away; {disp32} jp far_away; {disp32} jg far_away; call far_away; jmp far_away; call *%rax; call *%r11; jmp *%rcx; jmp *%r15; call *(%rax); call *8(%r12); call *(%rsp); call *table(,%rax,8); jmp *table(,%r9,8); jmp *0x100(%r13,%rbx,2); call *table(%rip); addr32 call *%rax; addr32 jmp *(%eax)");
  asm volatile("1: xbegin 1b; xend; xabort $7; xtest");
}
void encodings(u64 *p) {
  asm volatile("movabs $0x1122334455667788, %rax; movabs $0x8877665544332211, %r15; movl $0x11223344, %r9d; movw $0x1122, %r10w; movb $0x12, %spl; movb $0x34, %ah; movb $1, %r11b; movq $-5, %rdi; movq $0x7fffffff, (%rsp)");
  asm volatile("movabs 0x1122334455667788, %al; movabs %ax, 0x1122334455667788; movabs %rax, 0x1122334455667788; movabs 0x1122334455667788, %eax; addr32 mov 0x11223344, %al");
  asm volatile("addw $0x1234, %ax; addw $0x1234, %cx; addw $1, %dx; addl $0x12345678, %eax; addq $0x12345678, %rax; addb $1, %al; orw $0x101, (%rax); cmpw $0x7fff, 0x12(%rbx); testw $0x1234, %ax; testw $0x1234, (%rdi); testl $5, %esi; testb $1, 3(%rbp); testq $0x12345678, (%r13); imulw $0x1234, %ax, %cx; imulw $3, (%rax), %cx");
  asm volatile("pushw $0x1234; pushq $0x12345678; pushq $1; pushw %ax; popw %cx; popq 8(%rsp); popq (%rax); pushq 0x1000(%rip); pushw (%rdx); push %r12; pop %r13; enter $0x1234, $2; leave; leavew");
  asm volatile("movb %ah, %bl; movb %dil, %r8b; xchgb %ch, %dh; addb %bh, (%rax,%rbx,4); movzbl %ah, %ecx; movzwl %r9w, %eax; movzbw (%rax), %dx; movsbq %spl, %rax; movswq (%r12), %rax; movslq %ecx, %r11; movsbw %al, %cx; movslq (%rsi,%rdi), %rax; cwtl; cltq; cqto; cltd; cwtd; cbtw");
  asm volatile("leaq (%r12), %rax; leaq (%r13), %rax; leaq (%rsp), %rax; leaq (%rbp), %rax; leaq (,%rax,8), %rax; leaq 0x12345678(,%r12,2), %rax; leaq (%r13,%r12), %rax; leaq 0x80(%rbp), %rax; leaq -0x80(%rsp), %rax; leal (%eax,%ecx,2), %edx; leaw 4(%rdi), %ax; leaq symbol(%rip), %r8; movl $7, symbol(%rip); movw $7, symbol(%rip); movb $7, symbol(%rip); cmpl $0x11223344, symbol(%rip); imull $100, symbol(%rip), %eax; leaq symbol(%eip), %rax; movl 0x1234, %eax");
  asm volatile("shldq $7, %rax, %rcx; shrdl $3, %eax, (%rdi); shldw %cl, %ax, %dx; shrdq %cl, %r9, 8(%rsp); rclb $1, %al; rcrq %cl, %rdx; rclw $5, (%rcx); sarb $7, %ah; rolw $8, %dx; rorx $5, %rax, %rcx; shlx %rax, (%rcx), %rdx; sarx %ecx, %eax, %edx; andn %rax, %rcx, %rdx; blsr %rax, %rcx; pdep %rax, %rcx, %rdx; mulx %rax, %rcx, %rdx; bzhi %rax, (%rcx), %rdx; adcx %rax, %rcx; adox (%rcx), %rdx; movbe (%rcx), %rax; movbe %eax, 4(%rcx); crc32b (%rcx), %eax; crc32q %rax, %rcx; crc32w %ax, %ecx");
  asm volatile("bsfq %rax, %rcx; bsrw (%rcx), %dx; tzcntl %eax, %ecx; lzcntq (%rax), %r9; popcntw %ax, %cx; bswapl %r10d; bswapq %rdi; setno %ah; setle (%rax); cmovnp %r8, %r9; cmovaw (%rax), %cx; btcq %rax, (%rcx); btrw $3, %r9w; ror %al; {load} addl %eax, %ecx; {store} addl %eax, %ecx; xlatb; fnop");
}
