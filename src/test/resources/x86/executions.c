/*
 * Executes the instructions that executions.py lists, on this processor, and writes what they changed.
 *
 * Standard input: HEX MASK KIND TEXT. Standard output: each line again behind '>', and a line per input:
 * the registers, flags and bytes of memory that are different afterwards, or '!' for a divide error.
 * Inputs follow from the numbers of form and input, as in X86ExecutionTest, which derives the same.
 *
 * KIND: g general; i small rcx and rax; r small rcx and either direction; b small bit numbers in rcx;
 * d small rdx; e small rax; x rax as memory and rbx have it; l rbp points to memory.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { INPUTS = 12, BYTES = 256, BUFFER = 0x10000000, STATE = 0x20000000, CODE = 0x30000000 };
enum { AX, CX, DX, BX, SP, BP, SI, DI };

struct state { uint64_t in[16], flags, out[16], flags_out, stack; };
static struct state *const state = (void *)STATE;
static uint8_t *const buffer = (void *)BUFFER;
static const char *const names[] = {"ax", "cx", "dx", "bx", "sp", "bp", "si", "di", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"};
static sigjmp_buf escape;
static uint64_t seed;

static uint64_t next(void) { /* SplitMix64 */
  uint64_t z = seed += 0x9e3779b97f4a7c15ul;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ul;
  z = (z ^ z >> 27) * 0x94d049bb133111ebul;
  return z ^ z >> 31;
}

static uint64_t value(void) {
  static const uint64_t special[] = {0, 1, ~0ul, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff,
    0x7ffffffffffffffful, 0x8000000000000000ul, 0x8080808080808080ul, 0x100};
  uint64_t kind = next(), bits = next();
  switch (kind & 7) {
    case 0: case 1: return special[bits & 15];
    case 2: return (int8_t)bits;
    case 3: return (int32_t)bits;
    case 4: return (uint32_t)bits;
    default: return bits;
  }
}

static void input(char kind) {
  for (int i = 0; i < BYTES; i += 8) { uint64_t v = value(); memcpy(buffer + i, &v, 8); }
  for (int i = 0; i < 16; i++) state->in[i] = value();
  uint64_t bits = next();
  state->flags = 0x202 | (bits & 0x8d5);
  state->in[SI] = BUFFER + 64;
  state->in[DI] = BUFFER + 128;
  state->in[SP] = BUFFER + 192;
  bits = next();
  switch (kind) {
    case 'i': state->in[CX] = (int64_t)(bits % 12) - 4; state->in[AX] = bits >> 32 & 15; break;
    case 'r': state->in[CX] = bits % 6; state->flags |= bits >> 32 & 0x400; break;
    case 'b': state->in[CX] = (int64_t)(bits % 512) - 256; break;
    case 'd': state->in[DX] = bits % 3 == 0 ? 0 : bits % 3 == 1 ? ~0ul : bits >> 32 & 0xff; break;
    case 'e': state->in[AX] = state->in[AX] & 0xfff; break;
    case 'x': if (bits & 1) { memcpy(&state->in[AX], buffer + 64, 8); state->in[BX] = state->in[AX]; } break;
    case 'l': state->in[BP] = BUFFER + 32; break;
  }
}

static uint8_t *at;
static void emit(int count, ...) {
  __builtin_va_list list;
  __builtin_va_start(list, count);
  while (count--) *at++ = (uint8_t)__builtin_va_arg(list, int);
  __builtin_va_end(list);
}
static void address(void *field) { uint32_t a = (uint32_t)(uintptr_t)field; memcpy(at, &a, 4); at += 4; }
static void move(int opcode, int number, void *field) { emit(4, number < 8 ? 0x48 : 0x4c, opcode, 4 | (number & 7) << 3, 0x25); address(field); }

static void build(const uint8_t *code, int length) {
  at = (void *)CODE;
  emit(10, 0x53, 0x55, 0x41, 0x54, 0x41, 0x55, 0x41, 0x56, 0x41, 0x57); /* push what a function must keep */
  move(0x89, SP, &state->stack);
  emit(3, 0xff, 0x34, 0x25); address(&state->flags); emit(1, 0x9d);
  for (int i = 0; i < 16; i++) move(0x8b, i, &state->in[i]);
  memcpy(at, code, length);
  at += length;
  for (int i = 0; i < 16; i++) move(0x89, i, &state->out[i]);
  move(0x8b, SP, &state->stack);
  emit(1, 0x9c); emit(3, 0x8f, 0x04, 0x25); address(&state->flags_out);
  emit(12, 0xfc, 0x41, 0x5f, 0x41, 0x5e, 0x41, 0x5d, 0x41, 0x5c, 0x5d, 0x5b, 0xc3);
}

static void fault(int signal) { siglongjmp(escape, signal); }
static void map(long address, int protection) {
  if (mmap((void *)address, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED) { perror("mmap"); exit(1); }
}

int main(void) {
  map(BUFFER, PROT_READ | PROT_WRITE);
  map(STATE, PROT_READ | PROT_WRITE);
  map(CODE, PROT_READ | PROT_WRITE | PROT_EXEC);
  static char stack[65536];
  sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, 0);
  struct sigaction action = {.sa_handler = fault, .sa_flags = SA_ONSTACK | SA_NODEFER};
  sigaction(SIGFPE, &action, 0);
  char line[256];
  for (int number = 0; fgets(line, sizeof line, stdin); number++) {
    uint8_t code[16];
    int length = 0;
    unsigned mask, byte;
    char kind, *text = line;
    while (sscanf(text, "%2x", &byte) == 1 && *text != ' ') { code[length++] = (uint8_t)byte; text += 2; }
    if (sscanf(text, "%x %c", &mask, &kind) != 2) { fprintf(stderr, "%d: not a form: %s", number, line); return 1; }
    build(code, length);
    printf("> %s", line);
    for (int k = 0; k < INPUTS; k++) {
      uint8_t before[BYTES];
      seed = (uint64_t)number * 1000 + k;
      input(kind);
      memcpy(before, buffer, BYTES);
      if (sigsetjmp(escape, 1)) { printf("!\n"); continue; }
      ((void (*)(void))CODE)();
      printf("%lx", state->flags_out & (mask | 0x400));
      for (int i = 0; i < 16; i++) if (state->out[i] != state->in[i]) printf(" %s=%lx", names[i], state->out[i]);
      for (int i = 0; i < BYTES; i++) if (buffer[i] != before[i]) printf(" %d=%x", i, buffer[i]);
      printf("\n");
    }
  }
  return 0;
}
