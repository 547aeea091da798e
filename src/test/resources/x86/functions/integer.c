/* Integer code as compilers see it most: structs, loops, switches, strings, wide arithmetic. */
typedef unsigned long u64;
typedef unsigned int u32;
typedef unsigned short u16;
typedef unsigned char u8;

struct node { struct node *next; long key; int weight; short kind; char name[13]; u64 bits : 7, more : 31; };
struct table { u8 small[200]; struct node nodes[40]; u64 (*hash)(u64, u32); void (*drop[4])(struct node *); };

static struct table global_table;
static volatile int global_flag;
extern int external(struct node *, ...);

u64 gcd(u64 a, u64 b) { while (b) { u64 t = a % b; a = b; b = t; } return a; }
unsigned __int128 mul128(u64 a, u64 b, unsigned __int128 c) { return (unsigned __int128)a * b + c * 3; }
__int128 div128(__int128 a, __int128 b) { return a / b + a % b; }
unsigned __int128 shift128(unsigned __int128 a, int n) { return (a << n) ^ (a >> (n + 3)) ^ (a >> 1); }
long sdiv(long a, int b, short c, signed char d) { return a / 7 + a % 10 + b / c + b % d + a / d - b / 16; }
u64 fold(const u8 *p, u64 n) { u64 h = 0xcbf29ce484222325ul; for (u64 i = 0; i < n; i++) h = (h ^ p[i]) * 0x100000001b3ul; return h; }

int lookup(struct table *t, long key) {
  for (int i = 0; i < 40; i++) {
    struct node *n = &t->nodes[i];
    while (n && n->key != key) n = n->next;
    if (n) { n->weight++; n->more += 3; n->bits ^= 5; return n->kind + n->name[i % 13]; }
  }
  return -22;
}

long dispatch(struct table *t, struct node *n, int op, u32 x) {
  switch (op) {
    case 0: return t->hash(n->key, x);
    case 1: t->drop[x & 3](n); return 0;
    case 2: return external(n, 1, 2, 3, 4, 5, 6, 7, 8, x);
    case 3: return n->weight << x;
    case 4: return (long)n->weight >> (x & 15);
    case 5: return global_flag ? n->key : -n->key;
    case 6: global_flag = (int)x; return global_table.nodes[x % 40].key;
    case 9: return lookup(t, n->key) + lookup(&global_table, x);
    case 0x1000: return (signed char)x + (short)op;
    default: return external(n->next);
  }
}

void sort(int *v, int n) {
  for (int i = 1; i < n; i++) {
    int x = v[i], j = i - 1;
    for (; j >= 0 && v[j] > x; j--) v[j + 1] = v[j];
    v[j + 1] = x;
  }
}

u32 crc(const u8 *p, u32 n, u32 c) {
  while (n--) { c ^= *p++; for (int k = 0; k < 8; k++) c = c & 1 ? (c >> 1) ^ 0xedb88320u : c >> 1; }
  return ~c;
}

char *copy(char *to, const char *from) { char *d = to; while ((*d++ = *from++)) {} return to; }
int compare(const char *a, const char *b) { while (*a && *a == *b) { a++; b++; } return *(u8 *)a - *(u8 *)b; }
void clear(struct table *t) { __builtin_memset(t, 0, sizeof *t); }
void duplicate(struct node *to, const struct node *from) { *to = *from; }
struct node by_value(struct node n, int w) { n.weight = w; n.key = ~n.key; return n; }

int sum(int count, ...) {
  __builtin_va_list list;
  int total = 0;
  __builtin_va_start(list, count);
  while (count--) total += __builtin_va_arg(list, int);
  __builtin_va_end(list);
  return total;
}

u32 bits(u32 a, u64 b) {
  return __builtin_popcount(a) + __builtin_popcountl(b) + __builtin_ctz(a) + __builtin_clzl(b) + __builtin_ffsl(b)
      + __builtin_bswap32(a) + (u32)__builtin_bswap64(b) + __builtin_bswap16((u16)a) + __builtin_parity(a);
}
u64 rotate(u64 a, u32 b, u16 c, u8 d, int n) {
  return ((a << n) | (a >> (64 - n))) + ((b >> n) | (b << (32 - n))) + (u16)((c << 3) | (c >> 13)) + (u8)((d << 1) | (d >> 7));
}
int checked(int a, long b, u8 c, int *out) {
  return __builtin_add_overflow(a, 5, out) | __builtin_mul_overflow(a, (int)b, out + 1) | __builtin_sub_overflow(c, 7, (u8 *)(out + 2));
}
long min_max(long a, long b, unsigned c, unsigned d) { return (a < b ? a : b) + (c > d ? c : d) + (a == 0) + (b > 3) + (c <= d) + !d; }
u64 masks(u64 *w, u32 n) { w[n / 64] |= 1ul << (n % 64); w[0] &= ~(1ul << 17); w[1] ^= 1ul << (n & 63); return w[2] >> n & 1; }
void alloca_user(int n, void (*f)(char *)) { char buffer[n * 3 + 1]; buffer[n] = 1; f(buffer); }
long stack_user(long a, long b, long c, long d, long e, long f, long g, long h, int i) {
  volatile long local[300];
  for (int k = 0; k < 300; k++) local[k] = a * k + b - c + (d ^ e) + (f | g) - h * i;
  return local[17] + local[299];
}
