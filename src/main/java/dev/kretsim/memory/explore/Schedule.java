package dev.kretsim.memory.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who moved, step by step: written as {@code 0*12 1*3 0}, CPU 0 for twelve steps, then CPU 1 for
 * three, then CPU 0 for one. Beyond its end, whoever moved last goes on, or else the lowest CPU
 * that can.
 */
final class Schedule implements Search {
  private static final Pattern RUN = Pattern.compile("(\\d+)(?:\\*(\\d+))?");

  private final List<Integer> cpus;
  private boolean begun;
  private int depth;
  private int last;

  private Schedule(List<Integer> cpus) {
    this.cpus = cpus;
  }

  static Schedule of(List<Integer> cpus) {
    return new Schedule(List.copyOf(cpus));
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if it is not such a text
   */
  static Schedule parse(String text) {
    List<Integer> cpus = new ArrayList<>();
    for (String run : text.trim().split("\\s+")) {
      Matcher matcher = RUN.matcher(run);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("a run of steps is CPU or CPU*steps: run=" + run);
      }
      int steps = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
      for (int i = 0; i < steps; i++) {
        cpus.add(Integer.valueOf(matcher.group(1)));
      }
    }
    return new Schedule(cpus);
  }

  @Override
  public boolean more() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  @Override
  public int choose(Execution execution, int able) {
    int wanted = depth < cpus.size() ? cpus.get(depth) : last;
    boolean possible = wanted < execution.cpus() && (able & 1 << wanted) != 0;
    if (!possible && depth < cpus.size()) {
      throw new IllegalArgumentException(
          "schedule does not fit: cpu %d cannot move at step %d".formatted(wanted, depth + 1));
    }
    depth++;
    last = possible ? wanted : Integer.numberOfTrailingZeros(able);
    return last;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < cpus.size(); ) {
      int end = at;
      while (end < cpus.size() && cpus.get(end).equals(cpus.get(at))) {
        end++;
      }
      text.append(at == 0 ? "" : " ").append(cpus.get(at));
      text.append(end - at == 1 ? "" : "*" + (end - at));
      at = end;
    }
    return text.toString();
  }
}
