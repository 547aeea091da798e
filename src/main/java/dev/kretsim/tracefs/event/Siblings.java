package dev.kretsim.tracefs.event;

import dev.kretsim.probe.Errno;
import dev.kretsim.tracefs.fetch.Argument;
import dev.kretsim.tracefs.fetch.RefusedLineException;
import dev.kretsim.tracefs.fetch.TraceError;
import dev.kretsim.tracefs.line.ProbeLine;
import java.util.List;
import java.util.stream.Stream;

/** Several probes of one event: what they must have in common, and where they must differ. */
final class Siblings {
  private Siblings() {}

  /**
   * Looks at one more probe of an event.
   *
   * @param siblings those that the event has, at least one
   * @throws RefusedLineException if the kernel would not add it
   */
  static void requireCompatible(ProbeLine line, List<ProbeLine> siblings) {
    ProbeLine first = siblings.get(0);
    if (first.onReturn() != line.onReturn()) {
      throw RefusedLineException.at(0, 0, TraceError.DIFF_PROBE_TYPE, Errno.EEXIST);
    }
    int different = firstDifference(first.arguments(), line.arguments());
    boolean known =
        Stream.concat(first.arguments().stream(), line.arguments().stream())
            .noneMatch(Argument::isUnknown);
    if (different >= 0 && known) {
      throw RefusedLineException.at(2 + different, 0, TraceError.DIFF_ARG_TYPE, Errno.EEXIST);
    }
    for (ProbeLine sibling : siblings) {
      if (sibling.location().text().equals(line.location().text())
          && bodies(sibling).equals(bodies(line))) {
        throw RefusedLineException.at(0, 0, TraceError.SAME_PROBE, Errno.EEXIST);
      }
    }
  }

  private static List<String> bodies(ProbeLine line) {
    return line.arguments().stream().map(Argument::body).toList();
  }

  private static int firstDifference(List<Argument> old, List<Argument> added) {
    int shorter = Math.min(old.size(), added.size());
    if (old.size() != added.size()) {
      return shorter;
    }
    for (int i = 0; i < shorter; i++) {
      if (!old.get(i).sameFieldAs(added.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
