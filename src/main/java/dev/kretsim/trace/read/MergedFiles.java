package dev.kretsim.trace.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether files that are merged by time can be from one machine: its clock runs on from file to
 * file, and it has one number of CPUs.
 */
final class MergedFiles {
  private static final String MEANING =
      "; merging by time takes them as one machine, which is right for the parts of one recording,"
          + " but not for several machines or boots: plan those with kretsim fleet";

  private final List<Span> spans = new ArrayList<>();

  private record Span(TraceLines file, long firstNs, long lastNs) {}

  /** A file was read to its end. */
  void ended(TraceLines file, long firstNs, long lastNs) {
    spans.add(new Span(file, firstNs, lastNs));
  }

  /** What the user should know; null if nothing speaks against one machine. */
  @Nullable String doubt() {
    if (spans.isEmpty()) {
      return null;
    }
    List<Span> ordered = new ArrayList<>(spans);
    ordered.sort(Comparator.comparingLong(Span::firstNs));
    Span first = ordered.get(0);
    int cpus = first.file().headerCpus();
    for (Span one : ordered) {
      int others = one.file().headerCpus();
      if (cpus > 0 && others > 0 && cpus != others) {
        return "warning: %s is from a machine with %d CPUs, %s from one with %d%s"
            .formatted(first.file().source(), cpus, one.file().source(), others, MEANING);
      }
    }
    Span latest = first;
    for (Span next : ordered) {
      if (next.firstNs() > latest.lastNs()) {
        return "warning: %s ends before %s begins%s"
            .formatted(latest.file().source(), next.file().source(), MEANING);
      }
      latest = next.lastNs() > latest.lastNs() ? next : latest;
    }
    return null;
  }
}
