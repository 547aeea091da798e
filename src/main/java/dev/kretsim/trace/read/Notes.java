package dev.kretsim.trace.read;

import dev.kretsim.trace.LeftOut;
import dev.kretsim.trace.pairing.LineParser;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.LineCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was noticed in the lines of a file. */
final class Notes {
  /** Apart, as most traces begin with an entry or a return. */
  private static final class Others {
    /** The name of an event, behind the stamp. */
    private static final Pattern EVENT =
        Pattern.compile("\\d\\.\\d{3,9}:\\s+(?:\\d+\\s+)?([\\w.:/-]+):\\s");

    private Others() {}
  }

  private static final int LONGEST_TO_NAME = 300;

  final LineCounts counts = new LineCounts();

  /** The numbers of the first damaged lines. */
  final List<Long> damagedLines = new ArrayList<>();

  /** How many lines there are, as far as they were read. */
  long lines;

  long damaged;

  /** How many of the damaged lines came before the first that tells the format. */
  long damagedBefore;

  final Elisions elisions = new Elisions();
  String firstDamagedText = "";
  long lostEvents;

  /** The CPUs that a header tells; 0 if none does. */
  int headerCpus;

  /** Whether a header tells that events were overwritten. */
  boolean overwritten;

  /** How many events a header tells of. */
  long announcedEvents;

  /** The first event that is neither an entry nor a return; empty if there is none. */
  String otherEvent = "";

  /** Whether the header counts more events than there are; it counts differently for graphs. */
  boolean lacksEvents(LineParser parser) {
    return parser.isEachAnnounced() && counts.events < announcedEvents;
  }

  /** The lines that told the format are read again with all others. */
  void forgetBefore() {
    damaged = 0;
    damagedBefore = 0;
    damagedLines.clear();
    elisions.forget();
  }

  /** Lines that tell nothing of calls, though they are no comments. */
  void leftOut(LeftOut leftOut) {
    leftOut.add(LeftOut.DAMAGED, damaged);
    leftOut.add(
        "neither an entry nor a return",
        counts.events - counts.records - (damaged - damagedBefore));
    leftOut.add("stands for lines left out by hand", elisions.marks);
  }

  /** Takes note of a line that tells no entry and no return. */
  void noteOther(Line line) {
    if (otherEvent.isEmpty() && line.length() < LONGEST_TO_NAME) {
      Matcher event = Others.EVENT.matcher(line.toString());
      otherEvent = event.find() ? event.group(1) : "";
    }
  }

  /** Such as {@code (3, 7, 9, ...) were}. */
  String namedLines() {
    StringBuilder named = new StringBuilder(" (");
    for (long number : damagedLines) {
      named.append(named.length() > 2 ? ", " : "").append(number);
    }
    return named.append(damaged > damagedLines.size() ? ", ...) were" : ") were").toString();
  }
}
