package dev.kretsim.trace;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Damages the text of a trace in the ways in which such text gets damaged, and in some others. */
public final class TraceMutator {
  private static final String ODD = "[]()|:.,- \t\r\u0000/*;{}<>=+@#_0123456789afsx";
  private static final String[] BETWEEN = {
    "CPU:0 [LOST 3 EVENTS]",
    "CPU:1 [LOST EVENTS]",
    "",
    "# a comment",
    " ------------------------------------------",
    " 0)    wl-1     =>   wl-2  ",
    "  140.664839 |   1)   wl-dd-2607   |   ==========> |",
    "  140.664839 |   1)   wl-dd-2607   |   <========== |",
    "           a-1 [0]-2659    [001] .....   155.827506: f_in: (f+0x0/0xe0)",
    "           wl-dd-2659    [001] .....   155.827506: sched_switch: prev_comm=a next_comm=b",
    "           wl-dd-2659    [001] .....   155.827506: f_mid: (f+0x50/0xe0)",
    "  140.664893 |   1)   a|b-2607   | ! 165.064 us  |  f();",
  };

  private final SplittableRandom random;

  public TraceMutator(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A stretch of some lines with their header, of which about every n-th is changed. */
  public byte[] mutated(String text, int most, int oneIn) {
    List<String> all = text.lines().toList();
    int header = (int) all.stream().takeWhile(line -> line.startsWith("#")).count();
    int from = header + random.nextInt(Math.max(1, all.size() - header - most));
    List<String> lines = new ArrayList<>(all.subList(0, header));
    for (String line : all.subList(from, Math.min(all.size(), from + most))) {
      lines.add(random.nextInt(oneIn) == 0 ? mutated(line, lines) : line);
    }
    String end = random.nextInt(20) == 0 ? "\r\n" : "\n";
    String joined = String.join(end, lines) + (random.nextInt(8) == 0 ? "" : end);
    return joined.getBytes(StandardCharsets.UTF_8);
  }

  private String mutated(String line, List<String> before) {
    int at = random.nextInt(line.length() + 1);
    String head = line.substring(0, at);
    String tail = line.substring(at);
    switch (random.nextInt(12)) {
      case 0:
        return head;
      case 1:
        return head + odd() + tail;
      case 2:
        return tail.isEmpty() ? line : head + odd() + tail.substring(1);
      case 3:
        return tail.isEmpty() ? line : head + tail.substring(1);
      case 4:
        return " ".repeat(random.nextInt(9)) + line;
      case 5:
        return line.replaceFirst("-(\\d+)", "-" + (random.nextLong() >>> random.nextInt(64)));
      case 6:
        return line + (random.nextBoolean() ? "\r" : " ");
      case 7:
        return before.isEmpty() ? line : before.get(random.nextInt(before.size()));
      case 8:
        before.add(BETWEEN[random.nextInt(BETWEEN.length)]);
        return line;
      case 9:
        return line.replaceFirst("\\.\\d{6}", "." + random.nextInt(10_000_000));
      case 10:
        return line.replaceFirst("\\d+\\.", random.nextInt() / 1000 + ".");
      default:
        return line.replaceFirst("[\\d.]+ us *", random.nextInt(3_000_000) / 1e3 + " us ");
    }
  }

  private char odd() {
    return ODD.charAt(random.nextInt(ODD.length()));
  }
}
