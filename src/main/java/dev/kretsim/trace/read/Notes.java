package dev.kretsim.trace.read;

import dev.kretsim.trace.text.LineCounts;
import java.util.ArrayList;
import java.util.List;

/** What was noticed in the lines of a file. */
final class Notes {
  final LineCounts counts = new LineCounts();

  /** The numbers of the first damaged lines. */
  final List<Long> damagedLines = new ArrayList<>();

  long damaged;
  String firstDamagedText = "";
  long lostEvents;

  /** The CPUs that a header tells; 0 if none does. */
  int headerCpus;

  /** Whether a header tells that events were overwritten. */
  boolean overwritten;

  /** How many events a header tells of. */
  long announcedEvents;
}
