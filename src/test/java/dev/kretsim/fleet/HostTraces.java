package dev.kretsim.fleet;

import java.util.SplittableRandom;
import java.util.TreeMap;

/** Traces of hosts that differ in their threads and holds. */
public final class HostTraces {
  private HostTraces() {}

  /** Calls of some tasks at random times, as the kernel prints them. */
  public static String of(int host) {
    SplittableRandom random = new SplittableRandom(host);
    TreeMap<Long, String> lines = new TreeMap<>();
    int tasks = 2 + host;
    for (int task = 0; task < tasks; task++) {
      long us = random.nextInt(1000);
      for (int call = 0; call < 30; call++) {
        us += 1 + random.nextInt(3000);
        put(lines, us, task, "e: (vfs_read+0x0/0x10)");
        us += 1 + random.nextInt(500 * (1 + host));
        put(lines, us, task, "r: (ksys_read+0x5/0x10 <- vfs_read)");
      }
    }
    return String.join("", lines.values());
  }

  private static void put(TreeMap<Long, String> lines, long us, int task, String event) {
    long at = us;
    while (lines.containsKey(at)) {
      at++;
    }
    lines.put(
        at,
        "            task-%d     [000] d...1 %5d.%06d: %s%n"
            .formatted(100 + task, 10 + at / 1_000_000, at % 1_000_000, event));
  }
}
