package dev.kretsim.plan.curve;

import dev.kretsim.trace.Movements;
import dev.kretsim.trace.SparseSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the calls of one function ask of its pool. */
public final class FunctionLoad {
  private final MissCurve longest = new MissCurve();

  /** Null as long as it would not differ from the longest: no call was known to be lost. */
  private @Nullable MissCurve shortest;

  /** The latest return. */
  private long leftNs = Long.MIN_VALUE;

  private int leftIndex;
  private int leftTask;

  /** Null as long as no two of some returns and entries had one stamp. */
  private @Nullable Ties ties;

  /** Whether those are to be told of what happens. */
  private boolean tied;

  private final Holds holds = new Holds();
  private final Occupancy occupancy = new Occupancy();
  private final SparseSet threads = new SparseSet();
  private int latestThread = -1;
  private final Map<Integer, Integer> depthInInterrupt = new HashMap<>();
  private int deepest = 1;
  private long begunBefore;
  private long inside;
  private long lost;
  private long cut;

  /**
   * A call is entered or returns.
   *
   * <p>In one method, which is too long to be compiled into the loop that calls it: a short trace
   * would be over before that was done.
   *
   * @param tags by slot, what the call there was given at its entry
   * @param tasks by slot, whose call it is
   */
  void take(Movements all, int at, long[] tags, int[] tasks) {
    long timeNs = all.timeNs(at);
    int slot = all.slot(at);
    boolean entry = all.isEntry(at);
    boolean before = entry && all.beganBefore(at);
    inside += entry ? 1 : -1;
    if (before) {
      begunBefore++;
      occupancy.already((int) inside);
    } else {
      occupancy.change(timeNs, (int) inside);
    }
    if (entry) {
      int task = all.task(at);
      int depth = all.depth(at);
      tasks[slot] = task;
      if (all.context(at) != 0) {
        depthInInterrupt.merge(all.context(at), depth, Math::max);
      } else {
        if (task != latestThread) {
          threads.add(task);
          latestThread = task;
        }
        deepest = Math.max(deepest, depth);
      }
      boolean knownLost = all.knownLost(at);
      if (shortest != null || knownLost) {
        tags[slot] = enterBoth(before, knownLost);
      } else {
        tags[slot] = before ? longest.occupy() : longest.enter();
      }
    } else {
      longest.leave((int) tags[slot]);
      if (shortest != null && !all.knownLost(at)) {
        shortest.leave((int) (tags[slot] >> Integer.SIZE) + (int) tags[slot]);
      }
      if (all.lost(at)) {
        lost++;
      } else if (all.cut(at)) {
        cut++;
      } else if (all.holdNs(at) != Movements.UNKNOWN) {
        holds.add(all.holdNs(at));
      }
    }
    int task = tasks[slot];
    int index = (int) tags[slot];
    if (!tied && timeNs == leftNs && entry && task == leftTask) {
      // A task that goes on has returned before.
      leftNs = Long.MIN_VALUE;
    } else if (tied || timeNs == leftNs) {
      tell(before, entry, timeNs, task, index);
    } else if (!entry) {
      leftNs = timeNs;
      leftIndex = index;
      leftTask = task;
    }
  }

  private void tell(boolean before, boolean entry, long timeNs, int task, int index) {
    Ties.Move move = before ? Ties.Move.UNSEEN_ENTRY : entry ? Ties.Move.ENTRY : Ties.Move.RETURN;
    Ties those = ties == null ? new Ties() : ties;
    ties = those;
    if (!tied && leftNs != Long.MIN_VALUE) {
      those.take(Ties.Move.RETURN, leftNs, leftTask, leftIndex, longest);
    }
    leftNs = Long.MIN_VALUE;
    those.take(move, timeNs, task, index, longest);
    tied = those.matter();
  }

  private long enterBoth(boolean before, boolean knownLost) {
    MissCurve other = shortest;
    if (other == null) {
      other = longest.copy();
      shortest = other;
    }
    int longIndex = before ? longest.occupy() : longest.enter();
    int shortIndex = before ? other.occupy() : other.enter();
    if (knownLost) {
      other.leave(shortIndex);
    }
    return (long) (shortIndex - longIndex) << Integer.SIZE | longIndex;
  }

  /** Misses if each call whose return is missing stayed inside as long as it can have. */
  public MissCurve longest() {
    return longest;
  }

  /**
   * How many calls more pools would miss than {@link #longest} says, from 0 to its peak, if of
   * different tasks' entries and returns at one stamp the entries came first.
   */
  public long[] missedMoreInTies() {
    return ties == null ? new long[longest.peak() + 1] : ties.missedMore(longest.peak() + 1);
  }

  /** Misses if each call whose return is missing left at once. */
  public MissCurve shortest() {
    return shortest == null ? longest : shortest;
  }

  /** The holds of the calls that were seen to enter and to return. */
  public Holds holds() {
    return holds;
  }

  /** How many were inside over time. */
  public Occupancy occupancy() {
    return occupancy;
  }

  public long calls() {
    return longest.calls();
  }

  /** Calls whose return is missing, and which must be over all the same. */
  public long lost() {
    return lost;
  }

  /** Calls that began before the trace, or were still inside at its end or where it breaks off. */
  public long unfinished() {
    return begunBefore + inside + cut;
  }

  /** Tasks that were seen in the function. */
  public int threads() {
    return threads.size();
  }

  /** The deepest that a task's calls of the function were nested in each other, at least 1. */
  public int deepestRecursion() {
    return deepest;
  }

  /** Interrupt levels in which it was called, on each CPU; a nested call counts as one more. */
  public int interruptLevels() {
    int levels = 0;
    for (int depth : depthInInterrupt.values()) {
      levels += depth;
    }
    return levels;
  }
}
