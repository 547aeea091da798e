package dev.kretsim.report.plan;

/**
 * How a plan is set for a terminal.
 *
 * @param width columns, at least {@value #LEAST}
 * @param explained whether the method is told too
 */
public record Layout(int width, boolean explained) {
  private static final int LEAST = 40;
  private static final int MOST = 120;
  private static final int USUAL = 80;

  public Layout {
    width = Math.max(LEAST, Math.min(MOST, width));
  }

  /** As wide as {@code COLUMNS} says; 80 where it says nothing. */
  public static Layout ofTerminal(boolean explained) {
    String columns = System.getenv("COLUMNS");
    return new Layout(
        columns == null || !columns.matches("[0-9]{1,4}") ? USUAL : Integer.parseInt(columns),
        explained);
  }

  /** A sentence in lines, each begun with two blanks. */
  String wrapped(String sentence) {
    return wrapped(sentence, "  ");
  }

  /** A sentence in lines that begin so. */
  String wrapped(String sentence, String indent) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(indent);
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + word.length() > width && line.length() > indent.length()) {
        text.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(indent);
      }
      line.append(word).append(' ');
    }
    return text.append(line.toString().stripTrailing()).append('\n').toString();
  }
}
