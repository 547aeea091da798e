package dev.kretsim.kernel;

import java.util.Locale;

/** The kernel's preemption model: decides the default {@code maxactive} before 6.1. */
public enum Preemption {
  NONE,
  VOLUNTARY,
  FULL;

  /** The name used on the command line, in scenarios and in results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
