package dev.kretsim.trace;

import java.util.Arrays;

/**
 * Entries and returns of calls as numbers, in the order that {@link CallConsumer} describes. Each
 * call has a slot from its entry to its return; then another may have it.
 *
 * <p>An entry is four words: its time, a code of flags, function and slot, its task and depth, and
 * its interrupt context. A return is three: its time, such a code, and how long the call took.
 */
public final class Movements {
  /** The words of an entry. */
  public static final int ENTRY = 4;

  /** The words of a return. */
  public static final int RETURN = 3;

  /** Stands for the time that a call took where it is not known. */
  public static final long UNKNOWN = -1;

  private static final int IS_ENTRY = 1;
  private static final int BEFORE = 1 << 1;
  private static final int KNOWN_LOST = 1 << 2;
  private static final int LOST = 1 << 3;
  private static final int CUT = 1 << 4;
  private static final int FLAG_BITS = 5;
  private static final int FUNCTION_MASK = (1 << Integer.SIZE - FLAG_BITS) - 1;

  private long[] words = new long[1 << 12];
  private int size;

  /** Forgets all. */
  public void clear() {
    size = 0;
  }

  /** {@return how many words there are} */
  public int size() {
    return size;
  }

  /**
   * A call is entered.
   *
   * @param timeNs when, in nanoseconds of the trace's clock
   * @param slot the place of the call among those that are inside: free again after its return
   * @param function the function's number
   * @param task the task's number
   * @param depth 1 for an outermost call, 2 for one nested in a call of the same function, and so
   *     on
   * @param context 0 for a task's own call, else a number for the CPU and level of the interrupt
   * @param beganBefore whether that was before the trace; then its time means nothing
   * @param knownLost whether it is known that its return is missing
   */
  public void enter(
      long timeNs,
      int slot,
      int function,
      int task,
      int depth,
      int context,
      boolean beganBefore,
      boolean knownLost) {
    int at = room(ENTRY);
    words[at] = timeNs;
    words[at + 1] =
        code(slot, function) | IS_ENTRY | (beganBefore ? BEFORE : 0) | (knownLost ? KNOWN_LOST : 0);
    words[at + 2] = (long) task << Integer.SIZE | depth;
    words[at + 3] = context;
  }

  /**
   * A call is over.
   *
   * @param timeNs when, in nanoseconds of the trace's clock
   * @param slot the place of the call among those that are inside: free again after its return
   * @param function the function's number
   * @param holdNs how long it took, or {@link #UNKNOWN}
   * @param lost whether the trace does not show its return
   * @param knownLost whether that was told with its entry
   * @param cut whether the trace breaks off while it is inside
   */
  public void leave(
      long timeNs,
      int slot,
      int function,
      long holdNs,
      boolean lost,
      boolean knownLost,
      boolean cut) {
    int at = room(RETURN);
    words[at] = timeNs;
    words[at + 1] =
        code(slot, function) | (lost ? LOST : 0) | (knownLost ? KNOWN_LOST : 0) | (cut ? CUT : 0);
    words[at + 2] = holdNs;
  }

  private static long code(int slot, int function) {
    return (long) slot << Integer.SIZE | (function & FUNCTION_MASK) << FLAG_BITS & 0xffff_ffffL;
  }

  private int room(int more) {
    int at = size;
    if (at + more > words.length) {
      words = Arrays.copyOf(words, 2 * words.length);
    }
    size = at + more;
    return at;
  }

  /**
   * {@return whether an entry stands at a position, not a return}
   *
   * @param at where an entry or a return begins, from 0 to below {@link #size}
   */
  public boolean isEntry(int at) {
    return (words[at + 1] & IS_ENTRY) != 0;
  }

  /**
   * {@return when it was, in nanoseconds of the trace's clock}
   *
   * @param at where an entry or a return begins, from 0 to below {@link #size}
   */
  public long timeNs(int at) {
    return words[at];
  }

  /**
   * {@return the place of the call among those that are inside}
   *
   * @param at where an entry or a return begins, from 0 to below {@link #size}
   */
  public int slot(int at) {
    return (int) (words[at + 1] >>> Integer.SIZE);
  }

  /**
   * {@return the function's number}
   *
   * @param at where an entry or a return begins, from 0 to below {@link #size}
   */
  public int function(int at) {
    return (int) words[at + 1] >>> FLAG_BITS;
  }

  /**
   * {@return whether an entry lies before the trace}
   *
   * @param at where an entry or a return begins, from 0 to below {@link #size}
   */
  public boolean beganBefore(int at) {
    return (words[at + 1] & BEFORE) != 0;
  }

  /**
   * {@return whether an earlier pass over the trace found that the call's return is missing}
   *
   * @param at where an entry or a return begins, from 0 to below {@link #size}
   */
  public boolean knownLost(int at) {
    return (words[at + 1] & KNOWN_LOST) != 0;
  }

  /**
   * {@return whether the trace does not show a return}
   *
   * @param at where an entry or a return begins, from 0 to below {@link #size}
   */
  public boolean lost(int at) {
    return (words[at + 1] & LOST) != 0;
  }

  /**
   * {@return whether the trace breaks off while the call is inside still}
   *
   * @param at where an entry or a return begins, from 0 to below {@link #size}
   */
  public boolean cut(int at) {
    return (words[at + 1] & CUT) != 0;
  }

  /**
   * {@return the number of an entry's task}
   *
   * @param at where an entry or a return begins, from 0 to below {@link #size}
   */
  public int task(int at) {
    return (int) (words[at + 2] >>> Integer.SIZE);
  }

  /**
   * {@return the depth of an entry: 1 for an outermost call, 2 for one nested in a call of the same
   * function, and so on}
   *
   * @param at where an entry or a return begins, from 0 to below {@link #size}
   */
  public int depth(int at) {
    return (int) words[at + 2];
  }

  /**
   * {@return 0 for the entry of a task's own call, else a number for the CPU and level of the
   * interrupt}
   *
   * @param at where an entry or a return begins, from 0 to below {@link #size}
   */
  public int context(int at) {
    return (int) words[at + 3];
  }

  /**
   * {@return how long a returning call took, in nanoseconds; {@link #UNKNOWN} where that is not
   * known}
   *
   * @param at where an entry or a return begins, from 0 to below {@link #size}
   */
  public long holdNs(int at) {
    return words[at + 2];
  }
}
