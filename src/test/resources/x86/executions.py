"""Writes the instructions to be executed, one a line: HEX MASK KIND TEXT. Needs as, nm and objcopy.

MASK has the status flags that the manual defines; KIND says which inputs suit (see executions.c).
"""
import subprocess
import sys
import tempfile

CF, PF, AF, ZF, SF, OF = 1, 4, 0x10, 0x40, 0x80, 0x800
ALL = CF | PF | AF | ZF | SF | OF
LOGIC = ALL & ~AF
WIDTHS = {1: "b", 2: "w", 4: "l", 8: "q"}
A = {1: "%al", 2: "%ax", 4: "%eax", 8: "%rax"}
B = {1: "%bl", 2: "%bx", 4: "%ebx", 8: "%rbx"}
C = {1: "%cl", 2: "%cx", 4: "%ecx", 8: "%rcx"}
D = {1: "%dl", 2: "%dx", 4: "%edx", 8: "%rdx"}
R9 = {1: "%r9b", 2: "%r9w", 4: "%r9d", 8: "%r9"}
R14 = {1: "%r14b", 2: "%r14w", 4: "%r14d", 8: "%r14"}
BP = {1: "%bpl", 2: "%bp", 4: "%ebp", 8: "%rbp"}
CONDITIONS = "o no b ae e ne be a s ns p np l ge le g".split()
forms = []


def form(text, mask=ALL, kind="g"):
    forms.append((text, mask, kind))


for size, w in WIDTHS.items():
    a, b, c, d, r9, r14, bp = (r[size] for r in (A, B, C, D, R9, R14, BP))
    big = {1: 0x7F, 2: 0x1234, 4: 0x12345678, 8: -0x12345678}[size]
    for op in "add or adc sbb and sub xor cmp".split():
        mask = LOGIC if op in ("or", "and", "xor") else ALL
        for operands in (f"{c}, {b}", f"{r9}, {a}", f"{bp}, {r14}", f"{d}, (%rsi)", f"8(%rdi), {r9}", f"$-3, {c}", f"${big}, {a}",
                         f"${big}, {r14}", "$5, -16(%rsi)", f"{b}, {b}"):
            form(f"{op}{w} {operands}", mask)
        if op != "cmp":
            form(f"lock {op}{w} {c}, 16(%rsi)", mask)
    for op, mask in (("inc", ALL), ("dec", ALL), ("not", ALL), ("neg", ALL)):
        for operand in (c, r14, "(%rdi)"):
            form(f"{op}{w} {operand}", mask)
    for operands in (f"{c}, {b}", f"{d}, (%rsi)", f"${big}, {a}", f"${big}, {d}", f"$1, 3(%rdi)"):
        form(f"test{w} {operands}", LOGIC)
    for operands in (f"{c}, {b}", f"{r9}, {bp}", f"{d}, (%rsi)", f"7(%rdi), {r14}", f"${big}, {c}", f"${big}, 5(%rsi)"):
        form(f"mov{w} {operands}")
    for op in "rol ror rcl rcr shl shr sar".split():
        rotates = op[0] == "r"
        undefined = 0 if rotates else AF
        form(f"{op}{w} {b}", ALL & ~undefined)
        form(f"{op}{w} (%rsi)", ALL & ~undefined)
        for count in (3, 7, 8, 15, 31, 33, 63):
            # A shift by more bits than there are leaves the carry undefined.
            carry = 0 if rotates or (count & (63 if size == 8 else 31)) <= 8 * size else CF
            form(f"{op}{w} ${count}, {r9}", ALL & ~(undefined | OF | carry))
        carry = 0 if rotates or size > 2 else CF
        for operand in (b, r14, "(%rdi)"):
            form(f"{op}{w} %cl, {operand}", ALL & ~(undefined | OF | carry))
    for op in ("mul", "imul"):
        for operand in (c, r14, "(%rsi)"):
            form(f"{op}{w} {operand}", CF | OF)
    for op in ("div", "idiv"):
        for operand in (c, r14, "(%rsi)"):
            form(f"{op}{w} {operand}", 0, "e" if size == 1 else "d")
    for operands in (f"{c}, {b}", f"{d}, (%rsi)", f"{r9}, {c}"):
        form(f"xchg{w} {operands}")
        form(f"xadd{w} {operands}")
        form(f"cmpxchg{w} {operands}", ALL, "x")
    form(f"xadd{w} {c}, {c}")
    form(f"lock cmpxchg{w} {r14}, (%rsi)", ALL, "x")
    form(f"lock xadd{w} {r14}, (%rsi)")
    for op in ("movs", "stos", "lods"):
        form(f"{op}{w}", ALL, "r")
        form(f"rep {op}{w}", ALL, "r")
    if size > 1:
        for operands in (f"{c}, {b}", f"(%rsi), {r9}", f"{r14}, {r14}"):
            form(f"imul{w} {operands}", CF | OF)
        form(f"imul{w} $-7, {c}, {b}", CF | OF)
        form(f"imul{w} ${big}, (%rdi), {b}", CF | OF)
        for op in ("bt", "bts", "btr", "btc"):
            form(f"{op}{w} {c}, {b}", CF)
            form(f"{op}{w} {c}, (%rdi)", CF, "b")
            form(f"{op}{w} $77, {r9}", CF)
            form(f"{op}{w} $9, (%rsi)", CF)
        for op, mask in (("bsf", ZF), ("bsr", ZF), ("tzcnt", ZF | CF), ("lzcnt", ZF | CF), ("popcnt", ALL)):
            form(f"{op}{w} {c}, {b}", mask)
            form(f"{op}{w} (%rsi), {r9}", mask)
            form(f"{op}{w} {r14}, {r14}", mask)
        for op in ("shld", "shrd"):
            form(f"{op}{w} $1, {c}, {b}", ALL & ~AF)
            form(f"{op}{w} $9, {r9}, (%rdi)", ALL & ~(AF | OF))
            if size > 2:
                form(f"{op}{w} %cl, {d}, {r14}", ALL & ~(AF | OF))
        for condition in CONDITIONS:
            form(f"cmov{condition} {c}, {b}")
        form(f"cmove (%rsi), {r9}")
        form(f"push{w} (%rdi)" if size != 4 else "pushq %rsp")
        form(f"lea{w} 0x12(%rcx,%r9,4), {b}")
        form(f"lea{w} -0x80(,%rbx,8), {r14}")
        form(f"lea{w} (%r13,%r12), {c}")
    if size in (2, 8):
        for text in (f"push {c}", f"push {r14}", f"pop {b}", f"pop {r9}", f"pop{w} (%rsi)", f"pop{w} 8(%rsp)", f"push{w} $-5", f"pushf{w}"):
            form(text)
for condition in CONDITIONS:
    form(f"set{condition} %ah")
    form(f"set{condition} (%rsi)")
for text in """movzbl %ah, %ebx; movzbw %cl, %bx; movzbq %bpl, %rcx; movzwl %cx, %r9d; movzwq (%rsi), %rdx; movsbl %ch, %edx; movsbw %r9b, %cx
    movsbq (%rdi), %r14; movswl %cx, %ebx; movswq 3(%rsi), %rcx; movslq %ecx, %rbx; movslq (%rsi), %r9; cbtw; cwtl; cltq; cwtd; cltd; cqto
    movabs $0x1122334455667788, %rcx; mov $0x80000000, %r9d; movq $-5, %rbx; mov %ah, %cl; mov %bh, %dh; xchg %ah, %bl; add %ch, %ah
    sub %dil, %al; mov $7, %bh; and %bh, (%rsi); xchg %ax, %ax; xchg %eax, %eax; xchg %r8, %rax; xchg %rbx, %rax; xchg %r9d, %eax; nop; nopl (%rax)
    pause; bswap %ecx; bswap %r14; bswap %eax; lfence; mfence; sfence; prefetcht0 (%rsi); endbr64; pop %rsp; push %rsp; popq (%rsp)
    lea 5(%ecx), %rbx; lea (%rsi), %ax; clc; stc; cmc; cld; mov (%rsi,%rax,2), %ebx; mov 0x10000020, %rcx; movabs 0x10000028, %eax
    movabs %al, 0x10000031; movl $5, %es:(%rsi); mov %cs:4(%rdi), %ecx; shrb %ah; rolb $3, %bh; incb %ch; negb %dh; notb %ah; mulb %ah
    imulb %bh; shll %cl, %ecx; xadd %al, %ah; cmpxchg %cl, %ch; addr32 mov (%esi), %eax; movb $9, %spl; sete %sil; bt %rbx, %rdx; leaw 4(%rdi), %bx""".replace("\n", ";").split(";"):
    text = text.strip()
    form(text, {"shrb %ah": ALL & ~AF, "rolb $3, %bh": ALL & ~OF, "mulb %ah": CF | OF, "imulb %bh": CF | OF, "and %bh, (%rsi)": LOGIC,
                "shll %cl, %ecx": ALL & ~(AF | OF), "bt %rbx, %rdx": CF}.get(text, ALL), "i" if "%rax,2" in text else "g")
for text in ("divb %ah", "idivb %bh"):
    form(text, 0, "e")
form("leave", ALL, "l")

with tempfile.TemporaryDirectory() as work:
    with open(f"{work}/a.s", "w") as source:
        for number, (text, _, _) in enumerate(forms):
            source.write(f"form_{number}: {text}\n")
        source.write("form_end:\n")
    subprocess.run(["as", "-o", f"{work}/a.o", f"{work}/a.s"], check=True)
    subprocess.run(["objcopy", "-O", "binary", "-j", ".text", f"{work}/a.o", f"{work}/a.bin"], check=True)
    symbols = subprocess.run(["nm", "-n", f"{work}/a.o"], check=True, capture_output=True, text=True).stdout.splitlines()
    starts = [int(line.split()[0], 16) for line in symbols]
    code = open(f"{work}/a.bin", "rb").read()
for (text, mask, kind), start, end in zip(forms, starts, starts[1:]):
    print(code[start:end].hex(), "%x" % mask, kind, text)
print(len(forms), "forms", file=sys.stderr)
