package dev.kretsim.trace.read;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A stretch of a file in which time does not go back and no other recording begins. */
final class Run {
  /** What tells that it begins. */
  enum Begin {
    /** Time goes back. */
    BACK,
    /** A header stands there. */
    UNDER_HEADER,
    /** Lines before it were left out by hand. */
    AFTER_A_GAP,
    /** A sentence stands there, and the time before it was shorter than that until then. */
    UNDER_TEXT
  }

  private record Times(long firstNs, long lastNs) {}

  final long fromByte;
  final long linesBefore;
  final long firstNs;
  private final Set<Begin> begins;
  private final Map<Integer, Times> byCpu = new HashMap<>();
  long toByte = Long.MAX_VALUE;

  Run(long fromByte, long linesBefore, long firstNs, Set<Begin> begins) {
    this.begins = begins;
    this.fromByte = fromByte;
    this.linesBefore = linesBefore;
    this.firstNs = firstNs;
  }

  /** Whether more time passes until then than from its begin to its latest stamp. */
  boolean isFarBefore(long latestNs, long timeNs) {
    return timeNs - latestNs > latestNs - firstNs;
  }

  void add(int cpu, long timeNs) {
    @Nullable Times times = byCpu.get(cpu);
    if (times == null || times.lastNs < timeNs) {
      byCpu.put(cpu, new Times(times == null ? timeNs : times.firstNs, timeNs));
    }
  }

  /** Adds the last time of each CPU to those of earlier runs. */
  void tell(Map<Integer, Long> lastByCpu) {
    byCpu.forEach((cpu, times) -> lastByCpu.merge(cpu, times.lastNs, Math::max));
  }

  /** Whether time goes back where it begins. */
  boolean isBack() {
    return begins.contains(Begin.BACK);
  }

  /** Whether lines before it were left out, or it is apart from them, and time goes on. */
  boolean isApart() {
    return !isBack() && (begins.contains(Begin.AFTER_A_GAP) || isUnderText());
  }

  /** Whether a sentence tells it from what came before. */
  boolean isUnderText() {
    return begins.contains(Begin.UNDER_TEXT);
  }

  /** Whether it stands under a header of its own, and is of a CPU of earlier runs. */
  boolean isAnother(Map<Integer, Long> lastByCpu) {
    return begins.contains(Begin.UNDER_HEADER)
        && byCpu.keySet().stream().anyMatch(lastByCpu::containsKey);
  }

  /** Whether a CPU shows a time before one that it showed in earlier runs. */
  boolean goesBack(Map<Integer, Long> lastByCpu) {
    return byCpu.entrySet().stream()
        .anyMatch(
            entry -> {
              Long last = lastByCpu.get(entry.getKey());
              return last != null && (entry.getKey() < 0 || entry.getValue().firstNs < last);
            });
  }
}
