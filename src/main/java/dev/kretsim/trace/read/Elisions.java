package dev.kretsim.trace.read;

import dev.kretsim.trace.text.Line;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines that people put in place of others which they left out: {@code ...}, {@code [snip]}, {@code
 * [ ... 1200 lines removed ... ]} and single dots below each other. Sentences between the lines, as
 * in a tutorial, stand where other lines may have been, too.
 */
final class Elisions {
  private static final String WORDS =
      "(?i:snip|snipped|cut|omitted|skipp(?:ed|ing)|removed|deleted|elided|truncated|trimmed"
          + "|more lines|more events|left out)";

  private static final Pattern MARK =
      Pattern.compile(
          "\\s*(?:[\\[(<{]?\\s*(?:\\. ?){3,}\\s*[\\])>}]?|[.:]|--|[-=*<\\[( 8]*"
              + WORDS
              + "[-=*>\\]) 8<.]*|(?:[\\[(<{]|\\.{2,}|--+|==+|~~+)[\\w .,'~+-]*\\b"
              + WORDS
              + "\\b[\\w .,'~-]*(?:[\\])>}]|\\.{2,}|--+|==+|~~+))\\s*");

  private static final int LONGEST = 60;
  private static final int LONGEST_WORDS = 16;

  /** Four words, and a sentence's end: no line of a trace. */
  private static final Pattern TEXT =
      Pattern.compile("\\s*(?:[A-Z\"'(][\\w\"'(),`/-]*)(?: [\\w\"'(),;`<>./-]+){3,}[.:?!)]?\\s*");

  private static final int LONGEST_TEXT = 300;

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
    if (!isOne(line)) {
      return false;
    }
    marks++;
    places = places(records);
    if (places == 0 && (firstLine == 0 || records > recordsBefore)) {
      firstLine = number;
    }
    recordsBefore = records;
    return true;
  }

  /** Whether a line is a sentence. */
  static boolean isText(Line line) {
    return line.length() <= LONGEST_TEXT
        && !line.contains("[")
        && TEXT.matcher(line.toString()).matches();
  }

  /** Whether a line is one. Most lines are told by their first byte, or the length of a word. */
  static boolean isOne(Line line) {
    int first = line.skipBlanks(0);
    int length = line.length() - first;
    byte begin = line.at(first);
    if (begin == '#') {
      return false;
    }
    boolean may =
        Line.isDigit(begin)
            ? line.has("8<", first)
            : length <= (Character.isLetter(begin) ? LONGEST_WORDS : LONGEST);
    return may && length > 0 && MARK.matcher(line.toString()).matches();
  }

  void forget() {
    marks = 0;
    places = 0;
    recordsBefore = 0;
    firstLine = 0;
  }

  /** In how many places between entries and returns there is one. */
  private long places(long records) {
    return places + (recordsBefore > 0 && records > recordsBefore ? 1 : 0);
  }

  /**
   * What a user should know of them.
   *
   * @param showsDurations whether returns tell how long their calls took
   */
  List<String> remarks(long records, boolean showsDurations) {
    long all = places(records);
    return all == 0
        ? List.of()
        : List.of(
            "lines were left out by hand"
                + (all == 1 ? "" : " in " + all + " places")
                + ", first at line "
                + firstLine
                + ": what they told is missing, "
                + (showsDurations
                    ? "and a call goes on across them only where its duration says so"
                    : "no call was paired across them, and the time between does not count"));
  }
}
