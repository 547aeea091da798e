package dev.kretsim.report;

import java.util.ArrayList;
import java.util.List;

/** Columns of text: the first and the last to the left, numbers between them to the right. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row; each row has as many cells as the first, the last of which may be empty. */
  public TextTable row(String... cells) {
    List<String> row = new ArrayList<>(cells.length);
    for (String cell : cells) {
      row.add(Printable.of(cell));
    }
    rows.add(row);
    return this;
  }

  /** The table, each line led by this and ended by a newline. */
  public String render(String indent) {
    StringBuilder text = new StringBuilder();
    int[] widths = widths();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        String fill = " ".repeat(widths[column] - cell.length());
        boolean left = column == 0 || column == row.size() - 1;
        line.append(column == 0 ? "" : GAP).append(left ? cell + fill : fill + cell);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int[] widths() {
    int[] widths = new int[rows.isEmpty() ? 0 : rows.get(0).size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return widths;
  }
}
