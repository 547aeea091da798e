#!/bin/sh
# Writes boundaries.txt.gz: gcc compiles functions/, objdump says where each instruction starts.
# Made with gcc 12.2 and binutils 2.40.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kernel="-mno-sse -mno-mmx -mno-sse2 -mno-3dnow -mno-avx -mno-80387 -mcmodel=kernel -mno-red-zone -fno-pic -fno-asynchronous-unwind-tables"
kernel="$kernel -fno-strict-aliasing -fno-jump-tables -mskip-rax-setup -mindirect-branch=thunk-extern -mindirect-branch-register"
python3 functions/generate.py 1 36 >"$work/random1.c"
python3 functions/generate.py 2 36 >"$work/random2.c"

compile() { # label, sources, flags
  label=$1 sources=$2
  shift 2
  for source in $sources; do
    gcc -w -c "$@" -o "$work/object.o" "$source"
    objdump -d -w --insn-width=16 "$work/object.o" |
      python3 boundaries.py "$label/$(basename "$source" .c)"
  done
}
{
  integers="functions/integer.c functions/atomic.c functions/privileged.c $work/random1.c $work/random2.c"
  compile user-O0 "$integers functions/floating.c" -O0
  compile user-O2 "$integers functions/floating.c" -O2
  compile user-O3 "functions/floating.c functions/integer.c" -O3 -fcf-protection
  compile avx2 "functions/floating.c functions/integer.c" -O3 -march=haswell
  compile avx512 functions/floating.c -O3 -march=skylake-avx512 -mprefer-vector-width=512
  compile kernel-O2 "$integers" -O2 $kernel -fcf-protection=branch
  compile kernel-Os "functions/integer.c functions/atomic.c" -Os $kernel -pg -mfentry -fcf-protection=none
} | gzip -9n >boundaries.txt.gz
gzip -dc boundaries.txt.gz | awk '{ n += length($4) } END { print NR " functions, " n " instructions" }'
