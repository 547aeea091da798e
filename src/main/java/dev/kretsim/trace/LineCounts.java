package dev.kretsim.trace;

/** How many lines of a file were what. */
final class LineCounts {
  /** Entries and returns. */
  long records;

  /** All lines but blank ones and comments. */
  long events;
}
