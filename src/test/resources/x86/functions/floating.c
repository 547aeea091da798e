/* Floating point and vectors: for user code only, as kernels are compiled without. */
typedef float f32;
typedef double f64;
typedef int v4 __attribute__((vector_size(16)));
typedef f64 v2 __attribute__((vector_size(16)));

f64 poly(f64 x, const f64 *c, int n) { f64 r = 0; for (int i = 0; i < n; i++) r = r * x + c[i]; return r; }
f32 norm(const f32 *v, int n) { f32 s = 0; for (int i = 0; i < n; i++) s += v[i] * v[i]; return __builtin_sqrtf(s); }
long double extended(long double a, int b, short c) { return a * b / 3.0L + c - __builtin_fabsl(a); }
int convert(f64 a, f32 b, long c, unsigned long d, unsigned e) { return (int)(a + b) + (int)(long)(a * c) + (int)((f32)d + e) + (a < b) + (a == 2.5) + (int)(unsigned long)a; }
void saxpy(f32 *y, const f32 *x, f32 a, int n) { for (int i = 0; i < n; i++) y[i] += a * x[i]; }
void widen(f64 *y, const f32 *x, const int *k, int n) { for (int i = 0; i < n; i++) y[i] = x[i] + k[i]; }
int sum(const int *v, int n) { int s = 0; for (int i = 0; i < n; i++) s += v[i]; return s; }
unsigned char most(const unsigned char *v, int n) { unsigned char m = 0; for (int i = 0; i < n; i++) m = v[i] > m ? v[i] : m; return m; }
long mixed(const short *a, const short *b, int n) { long s = 0; for (int i = 0; i < n; i++) s += a[i] * b[i]; return s; }
v4 lanes(v4 a, v4 b, int n) { return (a + b) * (a ^ b) + (a > b) + (v4){n, 1, 2, 3} + (a << 3) - __builtin_shuffle(a, (v4){3, 1, 0, 2}); }
v2 pair(v2 a, v2 b) { return a * b + (v2){1.5, -2} / a; }
f64 absolute(f64 a, f64 b, f32 c) { return __builtin_fabs(a) + __builtin_copysign(a, b) + (c < 0 ? -c : c) + (a < b ? a : b); }
void bytes(unsigned char *d, const unsigned char *s, int n) { for (int i = 0; i < n; i++) d[i] = (s[i] + d[i] + 1) >> 1; }
void swap(unsigned *v, int n) { for (int i = 0; i < n; i++) v[i] = __builtin_bswap32(v[i]) ^ (unsigned)i; }
void x87(f64 *p, long *q) { asm volatile("fldl (%0); fildll (%1); faddp; fxch %%st(1); fcomi %%st(1), %%st; fistpll (%1); fnstsw %%ax; fnstcw 8(%1); fldcw 8(%1); fninit; fnclex; emms; fsqrt; fsin; fld1; fstpt 16(%1)" : : "r"(p), "r"(q) : "ax", "memory"); }
