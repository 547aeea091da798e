package dev.kretsim.plan.advise;

import dev.kretsim.kernel.KernelVersion;

/**
 * What the last column of {@code kprobe_profile} counts for a return probe.
 *
 * <p>Source: {@code probes_profile_seq_show} of {@code kernel/trace/trace_kprobe.c}; recordings of
 * 5.10.262, 6.1 and 6.12. Kernels from before the fix of early 2022 (5.18, and stable 5.10.94) show
 * no miss of the pool at all.
 */
public enum MissColumn {
  /** Hits inside another probe's handler; an empty pool does not show. */
  NESTING_ONLY("hits inside another probe's handler only: an empty pool does not show there"),

  /** The sum of both, which cannot be told apart. */
  BOTH("misses of the pool and hits inside another probe's handler, as one sum");

  private final String meaning;

  MissColumn(String meaning) {
    this.meaning = meaning;
  }

  /** What that kernel's column counts. */
  public static MissColumn of(KernelVersion kernel) {
    return kernel.profileCountsPool() ? BOTH : NESTING_ONLY;
  }

  /** In words. */
  public String meaning() {
    return meaning;
  }
}
