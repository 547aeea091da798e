package dev.kretsim.trace;

/** Understands the lines of one trace format, one after the other. */
interface LineParser {
  /** What a line was. */
  enum Verdict {
    /** An entry, a return, or both. */
    RECORD,
    /** Header, comment, another event: nothing to plan with, and nothing wrong. */
    OTHER,
    /** Not a line of this format. */
    DAMAGED
  }

  /**
   * Takes in the next line.
   *
   * @throws dev.kretsim.kernel.BadInputException when the trace as a whole cannot be used
   */
  Verdict parse(Line line);

  /** The trace is over: hands on what was held back. */
  default void finish() {}

  /** What a line of this format looks like, for messages. */
  String expected();

  /** The highest CPU number so far; -1 where the format shows none. */
  int highestCpu();

  /** The names of the functions so far; a call's function number is the index. */
  NameTable functions();

  /** Pairs what the parser reads. */
  Matcher matcher();
}
