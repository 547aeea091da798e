package dev.kretsim.trace.read;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.pairing.LineParser;
import java.util.List;

/**
 * What to say of the lines of a file.
 *
 * @param source the file's name
 * @param notes what was noticed in them
 * @param parser who read them
 */
record LineRemarks(String source, Notes notes, LineParser parser) {
  /** Where there is no entry and no return. */
  BadInputException useless() {
    String lacking = parser.lacking();
    if (lacking != null) {
      return new BadInputException(source + ": " + lacking);
    }
    if (notes.damaged > 0) {
      return BadInputException.at(
          source,
          notes.damagedLines.get(0),
          "no usable line; expected " + parser.expected() + ", seen: " + notes.firstDamagedText);
    }
    return new BadInputException(
        source
            + ": has no entry or return of a function"
            + (notes.otherEvent.isEmpty()
                ? "; expected lines like " + parser.expected()
                : ", only other events, such as "
                    + notes.otherEvent
                    + "; record with function_graph, or with an entry and a return probe"));
  }

  /**
   * What the user should know.
   *
   * @param firstHole the number of the first line that NUL bytes begin; 0 if none
   */
  void addTo(List<String> remarks, long firstHole) {
    if (notes.damaged > 0) {
      String what =
          notes.damaged == 1
              ? "a damaged line was"
              : notes.damaged + " damaged lines" + notes.namedLines();
      remarks.add(
          source
              + ":"
              + notes.damagedLines.get(0)
              + ": warning: "
              + what
              + " passed over; expected "
              + parser.expected()
              + ", seen: "
              + notes.firstDamagedText);
    }
    if (firstHole > 0) {
      remarks.add(
          source
              + ":"
              + firstHole
              + ": warning: a hole of NUL bytes; what was written there is lost");
    }
    if (notes.lostEvents > 0) {
      warn(
          remarks,
          "the trace lost " + notes.lostEvents + " events; record with a larger buffer_size_kb");
    }
    if (notes.overwritten) {
      warn(remarks, "the ring buffer overwrote the beginning; record with a larger buffer_size_kb");
    }
    if (notes.lacksEvents(parser)) {
      warn(
          remarks,
          "the header announces "
              + notes.announcedEvents
              + " events, but only "
              + notes.counts.events
              + " are there: the end may be cut off");
    }
    for (String elided : notes.elisions.remarks(notes.counts.records, parser.showsDurations())) {
      warn(remarks, elided);
    }
    if (notes.counts.records == 0) {
      warn(remarks, "has no entry or return of a function");
    }
  }

  private void warn(List<String> remarks, String text) {
    remarks.add(source + ": warning: " + text);
  }
}
