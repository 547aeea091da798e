package dev.kretsim.plan.curve;

import dev.kretsim.trace.Call;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the calls of one function ask of its pool. */
public final class FunctionLoad {
  private final MissCurve longest = new MissCurve();

  /** Null as long as it would not differ from the longest: no call was known to be lost. */
  private @Nullable MissCurve shortest;

  private final Holds holds = new Holds();
  private final Occupancy occupancy = new Occupancy();
  private final BitSet threads = new BitSet();
  private final Map<Integer, Integer> depthInInterrupt = new HashMap<>();
  private int deepest = 1;
  private long begunBefore;
  private long inside;
  private long lost;

  void enter(Call call) {
    inside++;
    if (call.beganBefore()) {
      occupancy.already((int) inside);
    } else {
      occupancy.change(call.entryNs(), (int) inside);
    }
    if (call.knownLost() && shortest == null) {
      shortest = longest.copy();
    }
    int longIndex = call.beganBefore() ? longest.occupy() : longest.enter();
    MissCurve other = shortest;
    if (other == null) {
      call.tag = (long) longIndex << Integer.SIZE | longIndex;
    } else {
      int shortIndex = call.beganBefore() ? other.occupy() : other.enter();
      call.tag = (long) shortIndex << Integer.SIZE | longIndex;
      if (call.knownLost()) {
        other.leave(shortIndex);
      }
    }
    if (call.beganBefore()) {
      begunBefore++;
    }
    if (call.interruptContext() == 0) {
      threads.set(call.task());
      deepest = Math.max(deepest, call.depth());
    } else {
      depthInInterrupt.merge(call.interruptContext(), call.depth(), Math::max);
    }
  }

  void leave(Call call) {
    inside--;
    occupancy.change(call.exitNs(), (int) inside);
    longest.leave((int) call.tag);
    if (shortest != null && !call.knownLost()) {
      shortest.leave((int) (call.tag >>> Integer.SIZE));
    }
    if (call.lost()) {
      lost++;
    } else if (!call.beganBefore()) {
      holds.add(call.exitNs() - call.entryNs());
    }
  }

  /** Misses if each call whose return is missing stayed inside as long as it can have. */
  public MissCurve longest() {
    return longest;
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

  /** Calls that began before the trace, or were still inside at its end. */
  public long unfinished() {
    return begunBefore + inside;
  }

  /** Tasks that were seen in the function. */
  public int threads() {
    return threads.cardinality();
  }

  /** The deepest that a task's calls of the function were nested in each other, at least 1. */
  public int deepestRecursion() {
    return deepest;
  }

  /** Interrupt levels in which it was called, on each CPU; a nested call counts as one more. */
  public int interruptLevels() {
    return depthInInterrupt.values().stream().mapToInt(Integer::intValue).sum();
  }
}
