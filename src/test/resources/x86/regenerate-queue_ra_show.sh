#!/bin/sh
# Writes machine-code/queue_ra_show.txt: bytes of queue_ra_show.c as gcc 12.2 compiles it for a kernel.
set -eu
cd "$(dirname "$0")"
place=../../../main/resources/machine-code
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kernel="-O2 -fno-pic -mcmodel=kernel -mno-red-zone -mno-sse -mno-mmx -mno-80387 -mindirect-branch=thunk-extern"
kernel="$kernel -fno-asynchronous-unwind-tables -fno-stack-protector -fno-optimize-sibling-calls -fno-reorder-functions"
fentry="-pg -mfentry -mnop-mcount -mrecord-mcount"

variant() { # name, flags
  name=$1
  shift
  gcc -c $kernel "$@" -o "$work/queue.o" "$place/queue_ra_show.c"
  ! objdump -dr "$work/queue.o" | grep R_X86_64 # nothing refers to elsewhere
  nm -n "$work/queue.o" | while read -r start type symbol; do
    case $type in
    t | T) objdump -d -w --insn-width=16 --disassemble="$symbol" "$work/queue.o" | python3 boundaries.py "$name" |
      awk -v start="$((0x$start))" '{ printf "%s %s %#x %s %s\n", $1, $2, start, $3, $4 }' ;;
    esac
  done
}
{
  echo "# VARIANT SYMBOL OFFSET BYTES LENGTHS: of queue_ra_show.c; LENGTHS has a hex digit per instruction."
  echo "# plain: as it is; ftrace: a 5-byte nop for ftrace first; ibt: an endbr64 first; ibt-ftrace: both, as kernels have it."
  variant plain -fcf-protection=none
  variant ftrace -fcf-protection=none $fentry
  variant ibt -fcf-protection=branch
  variant ibt-ftrace -fcf-protection=branch $fentry
  cat >"$work/fields.c" <<END
#include "$(realpath "$place")/queue_ra_show.c"
#include <stddef.h>
#include <stdio.h>
#define FIELD(type, member) printf("field %s.%s %#zx\n", #type, #member, offsetof(struct type, member));
int main(void) { FIELD(request_queue, backing_dev_info) FIELD(backing_dev_info, ra_pages) return 0; }
END
  gcc -o "$work/fields" "$work/fields.c"
  "$work/fields"
} >"$place/queue_ra_show.txt"
