/*
 * Small functions that are executed on this processor and by the interpreter, with the same result.
 *
 * Each takes two numbers and 4096 bytes to work in, which start as zeros. Compiled once with main() to record
 * what they return, and once without for the interpreter.
 */
typedef unsigned long u64;
typedef unsigned int u32;
typedef unsigned short u16;
typedef unsigned char u8;
#define KEEP __attribute__((noinline, used))

KEEP u64 gcd(u64 a, u64 b, u8 *m) { while (b) { u64 t = a % b; a = b; b = t; } return a; }
KEEP u64 fib(u64 n, u64 b, u8 *m) { n &= 15; return n < 2 ? n : fib(n - 1, b, m) + fib(n - 2, b, m); }
static void fill(u8 *m, u64 a, u64 b, int n) { for (int i = 0; i < n; i++) { a = a * 6364136223846793005ul + b; m[i] = a >> 56; } }
KEEP u64 length(u64 a, u64 b, u8 *m) { fill(m, a, b, 1000); m[1000] = 0; u8 *p = m; while (*p) p++; return p - m; }
KEEP u64 sort(u64 a, u64 b, u8 *m) {
  fill(m, a, b, 200);
  int *v = (int *)m;
  for (int i = 1; i < 50; i++) { int x = v[i], j = i - 1; for (; j >= 0 && v[j] > x; j--) v[j + 1] = v[j]; v[j + 1] = x; }
  return v[0] ^ v[49];
}
KEEP u64 crc32(u64 a, u64 b, u8 *m) {
  u32 c = ~0u;
  fill(m, a, b, 64);
  for (int i = 0; i < 64; i++) { c ^= m[i]; for (int k = 0; k < 8; k++) c = c & 1 ? c >> 1 ^ 0xedb88320u : c >> 1; }
  return ~c;
}
KEEP u64 ones(u64 a, u64 b, u8 *m) { u64 n = 0; for (a ^= b; a; a &= a - 1) n++; return n * 1000 + __builtin_popcountl(a + b) + __builtin_ctzl(b | 8) + __builtin_clzl(b | 1); }
struct node { struct node *next; u16 key; int value; };
KEEP u64 walk(u64 a, u64 b, u8 *m) {
  struct node *n = (struct node *)m;
  for (int i = 0; i < 60; i++) { n[i].next = i == 59 ? 0 : &n[(i * 7 + 1) % 60]; n[i].key = (u16)(a + i); n[i].value = (int)b - i * 3; }
  u64 sum = 0, steps = 0;
  for (struct node *p = n; p && steps++ < 500; p = p->next) sum += p->key * (long)p->value;
  return sum;
}
KEEP u64 moved(u64 a, u64 b, u8 *m) {
  fill(m, a, b, 512);
  void *to = m + 600, *from = m;
  u64 n = a & 255;
  asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(n) : : "memory");
  n = b & 31;
  asm volatile("rep stosl" : "+D"(to), "+c"(n) : "a"((u32)b) : "memory");
  n = 20; from = m + 8; to = m;
  asm volatile("rep movsq" : "+D"(to), "+S"(from), "+c"(n) : : "memory");
  return m[700] + (u64)((u8 *)to - m);
}
KEEP u64 wide(u64 a, u64 b, u8 *m) {
  unsigned __int128 p = (unsigned __int128)a * b + a;
  __int128 q = (__int128)(long)a * (long)b - 5;
  p = p >> (b & 63) ^ p << 3;
  return (u64)p ^ (u64)(p >> 64) ^ (u64)(q >> 70) ^ (u64)(q < 0);
}
KEEP u64 divided(u64 a, u64 b, u8 *m) {
  long c = (long)b | 1;
  u64 r = a / (b | 3) + a % (b | 3);
  if (c != -1) r += (long)a / c ^ (long)a % c;
  return r + (u32)a / ((u32)b | 1) + (u64)((int)a / 7) + (u64)((short)a % ((signed char)b | 1 | 64)) + a / 1000003;
}
static u64 twice(u64 x) { return x * 2; }
static u64 square(u64 x) { return x * x; }
static u64 halve(u64 x) { return (u64)((long)x >> 1); }
KEEP u64 dispatch(u64 a, u64 b, u8 *m) {
  u64 (*const table[])(u64) = {twice, square, halve};
  for (int i = 0; i < 20; i++) a = table[(b >> i) % 3](a) + i;
  return a;
}
KEEP u64 machine(u64 a, u64 b, u8 *m) { /* a switch in a loop */
  u64 acc = b;
  for (int i = 0; i < 64; i += 4)
    switch (a >> i & 15) {
      case 0: acc++; break;
      case 1: acc <<= 3; break;
      case 2: acc ^= a; break;
      case 3: acc = acc >> 5 | acc << 59; break;
      case 4: acc -= b; break;
      case 5: acc = (u64)(short)acc; break;
      case 6: acc = ~acc; break;
      case 7: acc *= 31; break;
      case 9: m[acc & 63]++; break;
      case 12: acc = __builtin_bswap64(acc); break;
      default: acc += i;
    }
  return acc;
}
KEEP u64 digits(u64 a, u64 b, u8 *m) {
  u64 n = 0, base = b % 15 + 2;
  do { u64 d = a % base; m[n++] = (u8)(d < 10 ? '0' + d : 'a' + d - 10); a /= base; } while (a);
  for (u64 i = 0; i < n / 2; i++) { u8 t = m[i]; m[i] = m[n - 1 - i]; m[n - 1 - i] = t; }
  return n;
}
KEEP u64 sieve(u64 a, u64 b, u8 *m) {
  u64 n = 1000 + a % 2000, count = 0;
  for (u64 i = 2; i < n; i++) if (!m[i]) { count++; for (u64 k = i * i; k < n; k += i) m[k] = 1; }
  return count;
}
KEEP u64 bitmap(u64 a, u64 b, u8 *m) {
  u64 *w = (u64 *)m, sum = 0;
  for (int i = 0; i < 40; i++) { u64 bit = (a >> (i & 31)) + b * i & 1023; w[bit / 64] ^= 1ul << bit % 64; }
  for (int i = 0; i < 1024; i++) if (w[i >> 6] >> (i & 63) & 1) sum += i;
  return sum;
}
KEEP u64 atomics(u64 a, u64 b, u8 *m) {
  u64 *w = (u64 *)m;
  u32 *h = (u32 *)(m + 64);
  u64 r = __atomic_fetch_add(w, a, 5) + __atomic_exchange_n(w + 1, b, 5) + __atomic_add_fetch(w, b, 5);
  u64 old = a;
  r += __atomic_compare_exchange_n(w, &old, b, 0, 5, 5);
  r += old;
  __atomic_fetch_or(h, (u32)a, 5);
  r ^= __atomic_fetch_and(h, (u32)b, 5);
  r += __atomic_fetch_or(w + 2, 1ul << (b & 63), 5);
  __atomic_store_n(w + 3, r, 5);
  return r;
}
static int varargs(int count, ...) {
  __builtin_va_list list;
  int total = 0;
  __builtin_va_start(list, count);
  while (count--) total = total * 3 + __builtin_va_arg(list, int);
  __builtin_va_end(list);
  return total;
}
KEEP u64 various(u64 a, u64 b, u8 *m) { return (u64)varargs(8, (int)a, (int)b, 3, (int)(a >> 7), 5, 6, (int)a, (int)b); }
KEEP u64 narrow(u64 a, u64 b, u8 *m) {
  u16 h = (u16)a; u8 c = (u8)b; signed char s = (signed char)a;
  h = (u16)(h << 3 | h >> 13); c = (u8)(c * s + h); s = (signed char)(s / 3 - c);
  m[0] += c; ((u16 *)m)[1] -= h; ((u16 *)m)[2] = (u16)(h * c);
  int overflow; u64 r = __builtin_add_overflow((int)a, (int)b, &overflow) + 2 * __builtin_mul_overflow((int)a, (int)b, (int *)(m + 8));
  return r ^ (u64)(long)s ^ (u64)overflow << 32 ^ (c > h ? 1 : 0) ^ (a > b) ^ (u64)((long)a < (long)b) << 5;
}

#ifdef RECORD
#include <stdio.h>
#include <string.h>
int main(void) {
  static const struct { const char *name; u64 (*f)(u64, u64, u8 *); } all[] = {
#define F(f) {#f, f},
    F(gcd) F(fib) F(length) F(sort) F(crc32) F(ones) F(walk) F(moved) F(wide) F(divided) F(dispatch) F(machine) F(digits) F(sieve) F(bitmap)
    F(atomics) F(various) F(narrow)};
  static const u64 inputs[][2] = {{0, 1}, {1, 1}, {48, 36}, {0xffffffffffffffff, 7}, {0x123456789abcdef0, 0xfedcba9876543210}, {1000003, 1ul << 63},
    {0x8000000000000000, 0xffffffffffffffff}, {0x7fffffff, 0x80000000}};
  static u8 memory[4096];
  for (unsigned i = 0; i < sizeof all / sizeof *all; i++)
    for (unsigned k = 0; k < sizeof inputs / sizeof *inputs; k++) {
      memset(memory, 0, sizeof memory);
      /* The address must not show: walk() stores pointers, so memory is summed without them. */
      u64 result = all[i].f(inputs[k][0], inputs[k][1], memory), sum = 0;
      if (all[i].f != walk) for (int n = 0; n < 4096; n++) sum = sum * 31 + memory[n];
      printf("call %s %lx %lx %lx %lx\n", all[i].name, inputs[k][0], inputs[k][1], result, sum);
    }
  return 0;
}
#endif
