package dev.kretsim.trace.read;

import dev.kretsim.trace.text.Line;
import java.util.List;
import java.util.regex.Pattern;

/** Lines that people put in place of others which they left out: {@code ...} and {@code [snip]}. */
final class Elisions {
  private static final Pattern MARK =
      Pattern.compile(
          "\\s*(?:[\\[(<{]?\\s*(?:\\. ?){3,}\\s*[\\])>}]?"
              + "|[-=*<\\[( 8]*(?i:snip|snipped|cut|omitted|skipped)[-=*>\\]) 8<.]*)\\s*");

  private static final int LONGEST = 24;

  /** How many there are. */
  long marks;

  private long places;
  private long firstLine;
  private long recordsBefore;

  /**
   * Takes note of a line if it is one.
   *
   * @param number of the line
   * @param records how many entries and returns came before
   */
  boolean take(Line line, long number, long records) {
    if (line.length() - line.skipBlanks(0) > LONGEST || !MARK.matcher(line.toString()).matches()) {
      return false;
    }
    marks++;
    places = places(records);
    firstLine = places == 0 ? number : firstLine;
    recordsBefore = records;
    return true;
  }

  void forget() {
    marks = 0;
    places = 0;
    recordsBefore = 0;
  }

  /** In how many places between entries and returns there is one. */
  private long places(long records) {
    return places + (recordsBefore > 0 && records > recordsBefore ? 1 : 0);
  }

  /** What a user should know of them. */
  List<String> remarks(long records) {
    long all = places(records);
    return all == 0
        ? List.of()
        : List.of(
            "lines were left out by hand"
                + (all == 1 ? "" : " in " + all + " places")
                + ", first at line "
                + firstLine
                + ": what they told is missing, and a call that goes on across them may be two");
  }
}
