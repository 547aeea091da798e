#!/bin/sh
# Writes executions.txt.gz: what this machine's processor does with each instruction of executions.py.
# Made on an AMD EPYC with BMI1, LZCNT and POPCNT.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gcc -O1 -Wall -fno-pie -no-pie -fcf-protection=none -o "$work/executions" executions.c
python3 executions.py >"$work/forms.txt"
"$work/executions" <"$work/forms.txt" >"$work/executions.txt"
gzip -9nc "$work/executions.txt" >executions.txt.gz
