package dev.kretsim.trace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lines that are no part of what is counted, by the reason why. */
public final class LeftOut {
  private final Map<String, Long> lines = new LinkedHashMap<>();

  /** Counts one more. */
  public void add(String reason) {
    add(reason, 1);
  }

  /** Counts more; none is no reason. */
  public void add(String reason, long count) {
    if (count > 0) {
      lines.merge(reason, count, Long::sum);
    }
  }

  /** Takes over what another counted. */
  public void addAll(LeftOut other) {
    other.lines.forEach(this::add);
  }

  void forget() {
    lines.clear();
  }

  /** The lines left out for each reason, in the order in which the reasons came up. */
  public Map<String, Long> lines() {
    return Collections.unmodifiableMap(lines);
  }
}
