package dev.kretsim.trace.pairing;

import dev.kretsim.trace.CallConsumer;
import dev.kretsim.trace.Movements;
import java.util.Arrays;
import java.util.List;

/**
 * Brings what the readers find into the order that {@link CallConsumer} promises. A return of an
 * earlier call is handed on at once. Entries wait until their stamp is over, as returns at the same
 * stamp come first; returns that are known ahead of their time wait for it.
 */
public final class TimeOrder {
  /** More entries than this at one stamp are handed on before it is over. */
  public static final int MOST_AT_ONE_STAMP = 1 << 16;

  private final AheadOfTime ahead = new AheadOfTime();
  private Movements out = new Movements();
  private OpenCall[] free = new OpenCall[16];
  private int frees;
  private int slots;
  private OpenCall[] entered = new OpenCall[4];
  private OpenCall[] left = new OpenCall[4];
  private int enteredCount;
  private int leftCount;
  private List<OpenCall> early = List.of();
  private int earlyEntered;
  private boolean refusesStepsBack;
  private boolean started;
  private long nowNs;
  private long firstNs;
  private long latestNs = Long.MIN_VALUE;
  private long resolutionNs;
  private long stepsBack;
  private long crowdedStamps;

  /** Where to put what happens from now on. */
  public void into(Movements movements) {
    out = movements;
  }

  /** Where what happens is put. */
  public Movements movements() {
    return out;
  }

  /**
   * The trace goes on at this time.
   *
   * @return that time, or the present one where the stamp lies before it: time does not run back
   */
  public long advance(long timeNs) {
    if (timeNs > nowNs && started) {
      if (enteredCount + leftCount > 0) {
        flush();
      }
      nowNs = timeNs;
      latestNs = timeNs > latestNs ? timeNs : latestNs;
      if (!ahead.isEmpty()) {
        releaseAhead(timeNs);
      }
      if (earlyEntered < early.size()) {
        enterEarly(timeNs);
      }
    } else if (!started) {
      started = true;
      nowNs = timeNs;
      firstNs = timeNs;
      latestNs = Math.max(latestNs, timeNs);
    } else if (timeNs < nowNs) {
      stepsBack++;
      if (refusesStepsBack) {
        throw new StepBack();
      }
    }
    return nowNs;
  }

  /** A stamp that lies before the one above it shall be a {@link StepBack}. */
  public void refuseStepsBack() {
    refusesStepsBack = true;
  }

  /** Says that the lines are not in order of time. */
  @SuppressWarnings("serial")
  public static final class StepBack extends RuntimeException {
    StepBack() {
      super("a stamp lies before the one above it", null, false, false);
    }
  }

  /** The latest time that is known, if there is one. */
  long latestNs() {
    return latestNs;
  }

  /** The recording breaks off while a call is inside. */
  void cut(OpenCall call) {
    call.end(nowNs, false);
    call.cut = true;
    leaves(call);
  }

  /**
   * As above, where a stamp does not tell more than some time.
   *
   * @param leewayNs how long after its stamp something may have happened
   */
  public long advance(long timeNs, long leewayNs) {
    return timeNs < nowNs && nowNs - timeNs <= leewayNs ? nowNs : advance(timeNs);
  }

  /** When a call is over that was entered and has a known end. */
  public long exitNs(OpenCall call) {
    return call.exitNs;
  }

  /** What the last digit of a stamp stands for, in ns. */
  public void setResolution(long ns) {
    resolutionNs = Math.max(resolutionNs, ns);
  }

  /** What the last digit of a stamp stands for, in ns; 0 if that was not told. */
  public long resolutionNs() {
    return resolutionNs;
  }

  /** An object for a call. */
  OpenCall call() {
    return frees > 0 ? free[--frees] : new OpenCall(slots++);
  }

  /** A call is entered now. */
  void enter(OpenCall call) {
    if (!call.wanted) {
      return;
    }
    if (enteredCount == MOST_AT_ONE_STAMP) {
      crowdedStamps++;
      flush();
    }
    if (enteredCount == entered.length) {
      entered = Arrays.copyOf(entered, 2 * enteredCount);
    }
    entered[enteredCount++] = call;
  }

  /**
   * A call that began before what the trace shows of its task is inside from a time on.
   *
   * @param calls in order of time; {@link Long#MIN_VALUE} is the start of the trace
   */
  void enterBefore(List<OpenCall> calls) {
    early = calls;
    earlyEntered = 0;
    enterEarly(Long.MIN_VALUE);
  }

  private void enterEarly(long timeNs) {
    while (earlyEntered < early.size() && early.get(earlyEntered).entryNs <= timeNs) {
      handOn(early.get(earlyEntered++));
    }
  }

  /** A call is over now. */
  public void leave(OpenCall call, boolean lost) {
    call.end(nowNs, lost);
    leaves(call);
  }

  private void leaves(OpenCall call) {
    if (!call.wanted) {
      free(call);
    } else if (call.inside && !call.nestedEntryAt(nowNs)) {
      release(call);
    } else {
      if (leftCount == left.length) {
        left = Arrays.copyOf(left, 2 * leftCount);
      }
      left[leftCount++] = call;
    }
  }

  /** A call of which nobody wants to know will be over at a known time. */
  void passes(long exitNs) {
    latestNs = Math.max(latestNs, exitNs);
  }

  /** A call will be over at a known time, not before now. */
  public void leaveAt(OpenCall call, long timeNs) {
    latestNs = Math.max(latestNs, timeNs);
    call.end(timeNs, false);
    if (!call.wanted) {
      // It is of use until its task goes on: then it leaves by now.
      return;
    }
    if (call.exitNs <= nowNs) {
      leaves(call);
    } else {
      ahead.add(call);
    }
  }

  /** A call whose return was said to lie ahead is over now at the latest. */
  public void leaveByNow(OpenCall call) {
    if (!call.wanted) {
      free(call);
    } else if (call.exitNs > nowNs && ahead.remove(call)) {
      leave(call, false);
    }
  }

  /** Time begins again. */
  void restart() {
    finish();
    started = false;
    latestNs = Long.MIN_VALUE;
  }

  /** Nothing more happens at the present stamp. */
  void endStamp() {
    flush();
  }

  /** The trace is over. */
  void finish() {
    flush();
    while (!ahead.isEmpty()) {
      release(ahead.poll());
    }
  }

  private void flush() {
    for (int i = 0; i < enteredCount; i++) {
      OpenCall call = entered[i];
      handOn(call);
      if (call.returned && call.exitNs == nowNs && !call.nestedEntryAt(nowNs)) {
        release(call);
      }
    }
    for (int i = 0; i < leftCount; i++) {
      if (left[i].inside) {
        release(left[i]);
      }
    }
    leftCount = 0;
    enteredCount = 0;
  }

  private void releaseAhead(long timeNs) {
    while (!ahead.isEmpty() && ahead.firstNs() <= timeNs) {
      release(ahead.poll());
    }
  }

  private void handOn(OpenCall call) {
    call.inside = true;
    out.enter(
        call.entryNs,
        call.slot,
        call.function,
        call.task,
        call.depth,
        call.context,
        call.ordinal < 0,
        call.knownLost);
  }

  private void release(OpenCall call) {
    call.inside = false;
    out.leave(
        call.exitNs, call.slot, call.function, call.holdNs(), call.lost, call.knownLost, call.cut);
    free(call);
  }

  private void free(OpenCall call) {
    if (frees == free.length) {
      free = Arrays.copyOf(free, 2 * frees);
    }
    free[frees++] = call;
  }

  /** The first stamp; 0 before there is one. */
  long firstNs() {
    return firstNs;
  }

  /** From the first stamp to the last entry or return that is known. */
  public long spanNs() {
    return started ? latestNs - firstNs : 0;
  }

  /** How often a stamp lay before the one above it. */
  public long stepsBack() {
    return stepsBack;
  }

  /** How often so many calls were entered at one stamp that their order is that of the lines. */
  public long crowdedStamps() {
    return crowdedStamps;
  }
}
