package dev.kretsim.trace.pairing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one pass over a trace learned that the next can use from the start: which calls never
 * return, and who was inside already. Calls are named by their ordinal. Two passes that know the
 * same find the same, so reading is over when a pass learns nothing new.
 */
public final class Knowledge {
  /**
   * A call that was inside when the trace of its task began: it returned without having been
   * entered.
   *
   * @param recording which of several, from 0
   * @param entryNs when it was entered, which may be before the recording begins; {@link
   *     Long#MIN_VALUE} if that is not known
   * @param fromNs when its recording begins
   */
  record BegunBefore(int recording, int function, int task, long entryNs, long fromNs) {}

  /** Calls that must have returned although the trace does not show it. */
  final BitSet lost = new BitSet();

  /**
   * Calls without a return whose task entered the function again. They were not the outer calls of
   * a recursion, as those return; so they were over by then.
   */
  public final BitSet overAtReentry = new BitSet();

  final List<BegunBefore> begunBefore = new ArrayList<>();

  /** By CPU the process id of the task that it ran at first, where only switches tell tasks. */
  public final Map<Integer, Long> firstTasks = new HashMap<>();

  public boolean sameAs(Knowledge other) {
    return lost.equals(other.lost)
        && firstTasks.equals(other.firstTasks)
        && overAtReentry.equals(other.overAtReentry)
        && begunBefore.equals(other.begunBefore);
  }
}
