package dev.kretsim.trace.pairing;

import dev.kretsim.trace.Call;
import dev.kretsim.trace.CallConsumer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Brings what the readers find into the order that {@link CallConsumer} promises: collects all that
 * happens at one stamp, and keeps returns that are known ahead of their time.
 */
public final class TimeOrder {
  private final CallConsumer consumer;
  private Call[] entered = new Call[4];
  private Call[] left = new Call[4];
  private int enteredCount;
  private int leftCount;
  private final PriorityQueue<Call> ahead =
      new PriorityQueue<>(Comparator.comparingLong(Call::exitNs));
  private boolean started;
  private long nowNs;
  private long firstNs;
  private long latestNs = Long.MIN_VALUE;
  private long stepsBack;

  public TimeOrder(CallConsumer consumer) {
    this.consumer = consumer;
  }

  /**
   * The trace goes on at this time.
   *
   * @return that time, or the present one where the stamp lies before it: time does not run back
   */
  public long advance(long timeNs) {
    if (!started) {
      started = true;
      nowNs = timeNs;
      firstNs = timeNs;
    } else if (timeNs > nowNs) {
      flush();
      nowNs = timeNs;
    } else if (timeNs < nowNs) {
      stepsBack++;
    }
    latestNs = Math.max(latestNs, nowNs);
    return nowNs;
  }

  /** A call is entered now. */
  void enter(Call call) {
    if (enteredCount == entered.length) {
      entered = Arrays.copyOf(entered, 2 * enteredCount);
    }
    entered[enteredCount++] = call;
  }

  /** A call that began before the trace is inside from its start. */
  void enterBefore(Call call) {
    call.setInside(true);
    consumer.enter(call);
  }

  /** A call is over now. */
  public void leave(Call call, boolean lost) {
    call.end(nowNs, lost);
    leaves(call);
  }

  private void leaves(Call call) {
    if (leftCount == left.length) {
      left = Arrays.copyOf(left, 2 * leftCount);
    }
    left[leftCount++] = call;
  }

  /** A call will be over at a known time, not before now. */
  public void leaveAt(Call call, long timeNs) {
    latestNs = Math.max(latestNs, timeNs);
    call.end(timeNs, false);
    if (call.exitNs() <= nowNs) {
      leaves(call);
    } else {
      ahead.add(call);
    }
  }

  /** A call whose return was said to lie ahead is over now at the latest. */
  public void leaveByNow(Call call) {
    if (call.exitNs() > nowNs && ahead.remove(call)) {
      leave(call, false);
    }
  }

  /** The trace is over. */
  void finish() {
    flush();
    while (!ahead.isEmpty()) {
      release(ahead.remove());
    }
  }

  private void flush() {
    if (!ahead.isEmpty()) {
      flushAhead();
    }
    for (int i = 0; i < leftCount; i++) {
      Call call = left[i];
      if (call.inside() && !call.nestedEntryAt(nowNs)) {
        release(call);
      }
    }
    for (int i = 0; i < enteredCount; i++) {
      Call call = entered[i];
      call.setInside(true);
      consumer.enter(call);
      if (call.returned() && call.exitNs() == nowNs && !call.nestedEntryAt(nowNs)) {
        release(call);
      }
    }
    for (int i = 0; i < leftCount; i++) {
      if (left[i].inside()) {
        release(left[i]);
      }
    }
    leftCount = 0;
    enteredCount = 0;
  }

  private void flushAhead() {
    for (Call next = ahead.peek(); next != null && next.exitNs() <= nowNs; next = ahead.peek()) {
      ahead.remove();
      if (next.exitNs() < nowNs) {
        release(next);
      } else {
        leaves(next);
      }
    }
  }

  private void release(Call call) {
    call.setInside(false);
    consumer.leave(call);
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
}
