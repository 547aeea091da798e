"""Writes C functions of random statements: python3 generate.py SEED COUNT > random.c"""
import random
import sys

seed, count = int(sys.argv[1]), int(sys.argv[2])
rng = random.Random(seed)
TYPES = ["signed char", "unsigned char", "short", "unsigned short", "int", "unsigned", "long", "unsigned long"]
OPS = ["+", "-", "*", "&", "|", "^"]
COMPARE = ["<", "<=", "==", "!=", ">", ">="]


def constant():
    return str(rng.choice([0, 1, 2, 3, 5, 8, 10, 16, 100, 127, 128, 255, 256, 1000, 0x7fff, 0x8000, 0xffff, 0x12345,
                           0x7fffffff, 0x80000000, 0x123456789ab, rng.getrandbits(rng.randrange(1, 63))]))


def expression(names, depth):
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(names + [constant()])
    a, b = expression(names, depth - 1), expression(names, depth - 1)
    kind = rng.randrange(10)
    if kind < 5:
        return f"({a} {rng.choice(OPS)} {b})"
    if kind == 5:
        return f"((long)({a}) {rng.choice(['<<', '>>'])} {rng.randrange(1, 31)})"
    if kind == 6:
        return f"({a} {rng.choice(COMPARE)} {b} ? {a} : {b})"
    if kind == 7:
        return f"(({rng.choice(TYPES)})({a}))"
    if kind == 8:
        return f"({a} {rng.choice(['/', '%'])} (({b}) | 1))"
    return f"(~({a}) - {b})"


def place(names):
    return rng.choice([
        rng.choice(names),
        f"s->f{rng.randrange(12)}",
        f"s->a[{rng.randrange(40)}]",
        f"s->b[(unsigned)({rng.choice(names)}) % 30]",
        f"g{rng.randrange(6)}",
        f"s->next->f{rng.randrange(12)}",
    ])


def statement(names, depth):
    kind = rng.randrange(12)
    pad = ""
    if kind < 5 or depth == 0:
        return f"{pad}{place(names)} {rng.choice(['=', '+=', '-=', '^=', '|=', '&='])} {expression(names, 2)};"
    body = " ".join(statement(names, depth - 1) for _ in range(rng.randrange(1, 4)))
    if kind == 5:
        return f"if ({expression(names, 1)} {rng.choice(COMPARE)} {expression(names, 1)}) {{ {body} }}"
    if kind == 6:
        return f"for (int i = 0; i < {rng.randrange(2, 300)}; i += {rng.randrange(1, 4)}) {{ {body} }}"
    if kind == 7:
        cases = " ".join(f"case {n}: {statement(names, 0)} break;" for n in rng.sample(range(20), rng.randrange(2, 9)))
        return f"switch ({rng.choice(names)} & 31) {{ {cases} default: {statement(names, 0)} }}"
    if kind == 8:
        return f"{place(names)} = helper{rng.randrange(4)}({', '.join(expression(names, 1) for _ in range(3))}, s);"
    if kind == 9:
        return f"{place(names)} = s->call[{rng.randrange(5)}](s, {expression(names, 1)});"
    if kind == 10:
        return f"do {{ {body} }} while ({rng.choice(names)}-- > {constant()});"
    return f"{place(names)}{rng.choice(['++', '--'])};"


print(f"/* python3 generate.py {seed} {count} */")
print("struct s;\nstruct s {")
for n in range(12):
    print(f"  {rng.choice(TYPES)} f{n};")
print("  struct s *next; int a[40]; unsigned char b[30]; long (*call[5])(struct s *, long);\n};")
for n in range(6):
    print(f"{rng.choice(['static ', ''])}{rng.choice(TYPES)} g{n};")
for n in range(4):
    print(f"extern {rng.choice(TYPES)} helper{n}(long, int, unsigned char, struct s *);")
for n in range(count):
    parameters = [f"p{i}" for i in range(rng.randrange(1, 8))]
    local = [f"v{i}" for i in range(rng.randrange(0, 6))]
    print(f"{rng.choice(TYPES)} f_{n}(struct s *s, {', '.join(f'{rng.choice(TYPES)} {p}' for p in parameters)}) {{")
    for v in local:
        print(f"  {rng.choice(TYPES)} {v} = {rng.choice(parameters)};")
    for _ in range(rng.randrange(2, 7)):
        print("  " + statement(parameters + local, 2))
    print(f"  return {expression(parameters + local, 2)};\n}}")
