package dev.kretsim.trace.pairing;

import dev.kretsim.trace.text.Block;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.LineCounts;
import dev.kretsim.trace.text.LineDecoder;
import dev.kretsim.trace.text.NameTable;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Understands the lines of one trace format, one after the other. */
public interface LineParser {
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

  /**
   * What decodes blocks for {@link #take}; each worker has its own. It may run while lines are
   * taken in, and knows what was learned from them up to the last {@link #publish}.
   */
  default LineDecoder decoder() {
    return new LineDecoder();
  }

  /**
   * Takes in what was decoded of a block, up to the first line that was not understood. Each has
   * the effect that {@link #parse} would have.
   *
   * @param from the record to begin with
   * @return the record of that line; the block's size if there is none
   */
  default int take(Block block, int from, LineCounts counts) {
    return from;
  }

  /** Lets the decoders know what was learned from the lines taken in so far. */
  default void publish() {}

  /**
   * The time that the next line shows, for merging files; {@link Line#NONE} where it shows none.
   * Does not take the line in.
   */
  long stampNs(Line line);

  /** The CPU of the line whose stamp was told last; -1 where lines show none. */
  default int stampCpu() {
    return -1;
  }

  /** Another recording begins, at that time: nothing of the one before goes on in it. */
  default void newRecording(long firstNs) {
    matcher().newRecording(firstNs);
  }

  /** Whether the header counts as many events as there are lines to parse. */
  default boolean isEachAnnounced() {
    return false;
  }

  /**
   * Whether lines tell how long calls took. If not, nothing tells which calls go on where lines
   * were left out by hand: a new recording begins there.
   */
  default boolean showsDurations() {
    return false;
  }

  /** Lines were left out by hand. */
  default void leaveOut() {}

  /** Events of this CPU were lost. */
  default void lostEvents(int cpu) {}

  /** The trace is over: hands on what was held back. */
  default void finish() {}

  /** Why lines that were damaged cannot be used although they are of this format, if it is that. */
  default @Nullable String lacking() {
    return null;
  }

  /** What a line of this format looks like, for messages. */
  String expected();

  /** The highest CPU number so far; -1 where the format shows none. */
  int highestCpu();

  /** The names of the functions so far; a call's function number is the index. */
  NameTable functions();

  /** The names to show, where they are known better at the end than as they were read. */
  default List<String> functionNames() {
    return functions().names();
  }

  /** The events that tell of a function; none where the lines themselves name it. */
  default List<String> eventsOf(int function) {
    return List.of();
  }

  /** What the user should know, one line each, beside damage. */
  default List<String> remarks() {
    return List.of();
  }

  /**
   * Calls of functions of other names need not be handed on.
   *
   * @param isWanted is asked by the name under which a function is shown
   */
  default void only(Predicate<String> isWanted) {
    matcher().only(new Wanted(functions(), isWanted));
  }

  /** Pairs what the parser reads. */
  CallMatcher matcher();
}
