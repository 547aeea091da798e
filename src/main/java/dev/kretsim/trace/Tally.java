package dev.kretsim.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was counted, and from what.
 *
 * @param sources the events, maps or tables that went in, by the names that they have there
 * @param lines how many lines were read; null if it is no text
 * @param leftOut the lines that were not counted, by the reason why
 * @param entries entries that were seen; null if those were not counted
 * @param returns returns that were seen; null if those were not counted
 * @param histogramCalls calls in histograms; null if it is none
 * @param resolutionNs what the last digit of a stamp stands for, in ns; null if there are no stamps
 */
public record Tally(
    List<String> sources,
    @Nullable Long lines,
    Map<String, Long> leftOut,
    @Nullable Long entries,
    @Nullable Long returns,
    @Nullable Long histogramCalls,
    @Nullable Long resolutionNs) {
  /**
   * Copies the lists.
   *
   * @param sources the events, maps or tables that went in, by the names that they have there
   * @param lines how many lines were read
   * @param leftOut the lines that were not counted, by the reason why
   * @param entries entries that were seen
   * @param returns returns that were seen
   * @param histogramCalls calls in histograms
   * @param resolutionNs what the last digit of a stamp stands for, in ns
   */
  public Tally {
    sources = List.copyOf(sources);
    leftOut =
        leftOut.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
  }

  /**
   * {@return what was counted of something that is no text}
   *
   * @param source what it is
   */
  public static Tally of(String source) {
    return new Tally(List.of(source), null, Map.of(), null, null, null, null);
  }

  /** {@return how many lines were not counted} */
  public long linesLeftOut() {
    long lines = 0;
    for (long some : leftOut.values()) {
      lines += some;
    }
    return lines;
  }

  /**
   * {@return the same lines, of which other sources, entries and returns count}
   *
   * @param ofSources their names
   * @param ofEntries entries that were seen; null if those were not counted
   * @param ofReturns returns that were seen; null if those were not counted
   */
  public Tally with(List<String> ofSources, @Nullable Long ofEntries, @Nullable Long ofReturns) {
    return new Tally(ofSources, lines, leftOut, ofEntries, ofReturns, histogramCalls, resolutionNs);
  }

  /**
   * {@return what several functions of one source are together}
   *
   * @param functions at least one
   */
  public static Tally together(Collection<Tally> functions) {
    Set<String> sources = new LinkedHashSet<>();
    Long entries = 0L;
    Long returns = 0L;
    Long calls = 0L;
    Tally any = functions.iterator().next();
    for (Tally one : functions) {
      sources.addAll(one.sources);
      entries = sum(entries, one.entries);
      returns = sum(returns, one.returns);
      calls = sum(calls, one.histogramCalls);
    }
    return new Tally(
        new ArrayList<>(sources),
        any.lines,
        any.leftOut,
        entries,
        returns,
        calls,
        any.resolutionNs);
  }

  private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
    return one == null || other == null ? null : (Long) (one + other);
  }
}
