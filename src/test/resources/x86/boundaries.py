"""Turns `objdump -d` on standard input into lines: LABEL SYMBOL HEX LENGTHS, a hex digit per instruction."""
import re
import sys

label = sys.argv[1]
symbol, code, lengths = None, "", ""


def flush():
    if code:
        print(label, symbol, code, lengths)


for line in sys.stdin:
    head = re.match(r"[0-9a-f]+ <(.+)>:$", line)
    if head:
        flush()
        symbol, code, lengths = head.group(1), "", ""
        continue
    instruction = re.match(r"\s+[0-9a-f]+:\t((?:[0-9a-f]{2} )+)\s*(?:\t(.*))?", line)
    if instruction:
        if "(bad)" in (instruction.group(2) or ""):
            sys.exit(f"not an instruction: {line}")
        hexes = instruction.group(1).replace(" ", "")
        code += hexes
        lengths += "%x" % (len(hexes) // 2)
flush()
