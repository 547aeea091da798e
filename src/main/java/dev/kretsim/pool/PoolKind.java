package dev.kretsim.pool;

import java.util.Locale;

/** The designs of an instance pool. */
public enum PoolKind {
  /** A LIFO list under a raw spinlock: kernels up to 5.10. */
  HLIST,
  /** A lock-free LIFO list of reference-counted nodes: kernels 5.11 to 6.6. */
  FREELIST,
  /** A ring for each possible CPU: kernels from 6.7 on. */
  OBJPOOL,
  /** JCTools' {@code MpmcArrayQueue}: not a kernel's, the rival from the library shelf. */
  MPMC;

  /** The name used on the command line and in results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
