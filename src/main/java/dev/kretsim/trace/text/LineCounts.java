package dev.kretsim.trace.text;

/** How many lines of a file were what. */
public final class LineCounts {
  /** Entries and returns. */
  public long records;

  /** All lines but blank ones and comments. */
  public long events;
}
