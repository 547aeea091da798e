package dev.kretsim.report;

/** Text in a row of comma-separated values. */
public final class CsvCell {
  private CsvCell() {}

  /** The text as it is where nothing in it could end the cell, and else in quotes. */
  public static String of(String text) {
    return text.matches("[^,\"\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
