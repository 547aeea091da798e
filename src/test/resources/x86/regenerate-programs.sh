#!/bin/sh
# Writes programs.txt.gz: the functions of programs.c as machine code of gcc 12.2, and what they return here.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
plain="-w -fwrapv -fno-strict-aliasing -fno-pic -no-pie -mno-red-zone -fno-stack-protector"
kernel="$plain -mno-sse -mno-mmx -mno-80387 -fno-asynchronous-unwind-tables -fno-builtin -ffreestanding -mpopcnt"

variant() { # name, flags
  name=$1
  shift
  gcc $kernel "$@" -nostdlib -static -Wl,-Ttext=0x401000,-e,0,--build-id=none,-z,noseparate-code -o "$work/$name" programs.c
  objcopy -O binary -j .text -j .rodata "$work/$name" "$work/$name.bin"
  echo "code $name $(od -An -v -tx1 "$work/$name.bin" | tr -d ' \n')"
  nm -n "$work/$name" | awk -v name="$name" '$2 == "T" && $3 !~ /^_/ { print "symbol", name, $3, $1 }'
}
{
  variant O0 -O0
  variant O2 -O2
  variant Os -Os
  variant lzcnt -O2 -mlzcnt -fcf-protection=branch
  gcc $plain -mpopcnt -DRECORD -o "$work/record" programs.c
  "$work/record"
} | gzip -9n >programs.txt.gz
