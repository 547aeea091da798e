package dev.kretsim.report;

import dev.kretsim.kernel.Decimal;

/** Numbers the way people read them: three or four digits and a unit. */
public final class Quantity {
  private static final double SECONDS_OF_HOUR = 3600;
  private static final double KILO = 1000;

  private Quantity() {}

  /** {@code 43.7 ms}; the largest unit that leaves at least 1. */
  public static String duration(long ns) {
    if (ns < KILO) {
      return ns + " ns";
    }
    if (ns < KILO * KILO) {
      return digits(ns / KILO) + " us";
    }
    if (ns < KILO * KILO * KILO) {
      return digits(ns / KILO / KILO) + " ms";
    }
    return ns < 60 * KILO * KILO * KILO
        ? digits(ns / KILO / KILO / KILO) + " s"
        : longTime(ns / KILO / KILO / KILO);
  }

  /** A long time as people say it: {@code 4 h 15 min}, {@code 17 s}; {@code 6 years} at most. */
  public static String longTime(double seconds) {
    if (seconds < 60) {
      return duration((long) (seconds * 1e9));
    }
    long[] sizes = {60, 3600, 86_400, 31_557_600};
    String[] names = {"min", "h", "days", "years"};
    String[] smaller = {"s", "min", "h", "days"};
    long[] parts = {1, 60, 3600, 86_400};
    int unit = 0;
    while (unit < 3 && seconds >= sizes[unit + 1]) {
      unit++;
    }
    long whole = (long) (seconds / sizes[unit]);
    long rest = (long) (seconds - (double) whole * sizes[unit]) / parts[unit];
    if (whole > 999) {
      return "more than 999 " + names[unit];
    }
    String name = whole == 1 ? names[unit].replaceAll("s$", "") : names[unit];
    return whole + " " + name + (rest == 0 || whole > 99 ? "" : " " + rest + " " + smaller[unit]);
  }

  /** {@code 51.7/s}; what is less than one in ten seconds, by the hour. */
  public static String rate(double perSecond) {
    if (perSecond > 0 && perSecond < 0.1) {
      double perHour = perSecond * SECONDS_OF_HOUR;
      return perHour < 0.01 ? "less than 0.01/h" : digits(perHour) + "/h";
    }
    return (perSecond >= KILO * KILO ? digits(perSecond / KILO / KILO) + "M" : digits(perSecond))
        + "/s";
  }

  /** {@code 6.9 KiB}. */
  public static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double kib = bytes / 1024.0;
    return kib < 1024 ? digits(kib) + " KiB" : digits(kib / 1024) + " MiB";
  }

  /** Three digits that count, never fewer than the whole number has. */
  public static String digits(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return Decimal.fixed(value, decimals);
  }
}
