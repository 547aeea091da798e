/* The builtins for atomic operations. */
#define FAMILY(T, N) \
  T N##_add(T *p, T v) { return __atomic_fetch_add(p, v, 5); } \
  T N##_and(T *p, T v) { return __atomic_and_fetch(p, v, 5); } \
  T N##_or(T *p, T v) { return __atomic_fetch_or(p, v, 5); } \
  void N##_xor(T *p, T v) { __atomic_fetch_xor(p, v, 5); } \
  T N##_swap(T *p, T v) { return __atomic_exchange_n(p, v, 5); } \
  int N##_cas(T *p, T *old, T v) { return __atomic_compare_exchange_n(p, old, v, 0, 5, 5); } \
  T N##_load(T *p) { return __atomic_load_n(p, 5); } \
  void N##_store(T *p, T v) { __atomic_store_n(p, v, 5); } \
  int N##_zero(T *p) { return __atomic_sub_fetch(p, 1, 5) == 0; } \
  T N##_old(T *p, T v, T w) { return __sync_val_compare_and_swap(p, v, w); } \
  int N##_bit(T *p, int n) { return __atomic_fetch_or(p, (T)((T)1 << n), 5) >> n & 1; } \
  int N##_clear(T *p) { return __atomic_fetch_and(p, (T)~4, 5) & 4; } \
  int N##_flip(T *p) { return __atomic_fetch_xor(p, (T)8, 5) & 8; }
FAMILY(unsigned char, byte)
FAMILY(unsigned short, half)
FAMILY(unsigned int, word)
FAMILY(unsigned long, quad)

struct lock { unsigned next, owner; };
void ticket(struct lock *l) { unsigned t = __atomic_fetch_add(&l->next, 1, 5); while (__atomic_load_n(&l->owner, 2) != t) __builtin_ia32_pause(); __atomic_thread_fence(5); }
void unticket(struct lock *l) { __atomic_store_n(&l->owner, l->owner + 1, 3); }
