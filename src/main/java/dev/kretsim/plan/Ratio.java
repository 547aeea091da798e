package dev.kretsim.plan;

import java.util.Locale;

/** How a share is written in sentences and tables. */
public final class Ratio {
  private static final double SMALLEST_PLAIN = 1e-3;

  private Ratio() {}

  /** {@code 0}, {@code 0.847}, {@code 1} or, below a thousandth, {@code 3.1e-5}. */
  public static String text(double ratio) {
    if (ratio == 0 || ratio == 1) {
      return ratio == 0 ? "0" : "1";
    }
    if (ratio >= SMALLEST_PLAIN) {
      return String.format(Locale.ROOT, "%.3f", ratio);
    }
    return String.format(Locale.ROOT, "%.1e", ratio).replace(".0e", "e").replace("e-0", "e-");
  }
}
