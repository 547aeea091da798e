package dev.kretsim.trace.graph;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.pairing.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Closing braces that name their function and tell a duration, kept as long as the trace has
 * nothing else. Under {@code tracing_thresh} it never has: then each is a whole call.
 */
final class Closers {
  private static final int MOST = 1 << 22;

  /** A call that took so long and returned then. */
  record Closer(long exitNs, long holdNs, TaskState task, int function) {
    long entryNs() {
      return exitNs - holdNs;
    }
  }

  private final List<Closer> kept = new ArrayList<>();
  private boolean alone = true;

  /** The trace shows an entry, too. */
  void notAlone() {
    if (alone) {
      alone = false;
      kept.clear();
    }
  }

  boolean areAlone() {
    return alone && !kept.isEmpty();
  }

  void add(Closer closer) {
    if (!alone) {
      return;
    }
    if (kept.size() == MOST) {
      throw new BadInputException(
          "more than " + MOST + " returns before the first entry; cut the trace into parts");
    }
    kept.add(closer);
  }

  /** All of them in order of entry. */
  List<Closer> byEntry() {
    kept.sort(Comparator.comparingLong(Closer::entryNs));
    return kept;
  }
}
