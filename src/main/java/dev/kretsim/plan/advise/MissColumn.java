package dev.kretsim.plan.advise;

import dev.kretsim.kernel.KernelRelease;
import dev.kretsim.plan.PlanQuestion;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

  /**
   * Releases of 5.10 from before the fix. A distribution may keep the 0 and count by itself: 12 was
   * Debian's first with the fix, and of longer numbers nothing is known.
   */
  private static final Pattern EARLY_5_10 =
      Pattern.compile(
          "v?5\\.10(?:\\.0(?!-(?:1[2-9]|[2-9]\\d|\\d{3}))|\\.[1-9]|\\.[1-8]\\d|\\.9[0-3]|-rc)"
              + "(?:\\D.*|(?<=-rc)\\d.*)?");

  private final String meaning;

  MissColumn(String meaning) {
    this.meaning = meaning;
  }

  /** What the column of the kernel that is asked about counts. */
  public static MissColumn of(PlanQuestion question) {
    return question.kernel().profileCountsPool() && !isEarly(question.kernelRelease())
        ? BOTH
        : NESTING_ONLY;
  }

  private static boolean isEarly(@Nullable String release) {
    return release != null && EARLY_5_10.matcher(KernelRelease.of(release).text()).matches();
  }

  /** In words. */
  public String meaning() {
    return meaning;
  }
}
