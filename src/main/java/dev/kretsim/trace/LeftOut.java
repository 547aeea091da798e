package dev.kretsim.trace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lines that are no part of what is counted, by the reason why. */
public final class LeftOut {
  /** The reason for lines that look like those of a trace and cannot be read. */
  public static final String DAMAGED = "damaged";

  private final Map<String, Long> lines = new LinkedHashMap<>();
  private final Map<String, Long> firstLines = new LinkedHashMap<>();

  /**
   * Counts one more, the line of that number.
   *
   * @param reason in a few words, for the user
   * @param number counted from 1
   */
  public void addLine(String reason, long number) {
    add(reason, 1);
    firstLines.putIfAbsent(reason, number);
  }

  /**
   * Counts more; none is no reason.
   *
   * @param reason in a few words, for the user
   * @param count how many lines
   */
  public void add(String reason, long count) {
    if (count > 0) {
      lines.put(reason, lines.getOrDefault(reason, 0L) + count);
    }
  }

  /**
   * Takes over what another counted.
   *
   * @param other stays as it is
   */
  public void addAll(LeftOut other) {
    for (Map.Entry<String, Long> reason : other.lines.entrySet()) {
      add(reason.getKey(), reason.getValue());
    }
  }

  void forget() {
    lines.clear();
    firstLines.clear();
  }

  /**
   * {@return the number of the first line left out for a reason; 0 where it is not known}
   *
   * @param reason in a few words, for the user
   */
  public long firstLine(String reason) {
    return firstLines.getOrDefault(reason, 0L);
  }

  /** {@return the lines left out for each reason, in the order in which the reasons came up} */
  public Map<String, Long> lines() {
    return Collections.unmodifiableMap(lines);
  }
}
