package dev.kretsim.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Brings what the readers find into the order that {@link CallConsumer} promises: collects all that
 * happens at one stamp, and keeps returns that are known ahead of their time.
 */
final class TimeOrder {
  private final CallConsumer consumer;
  private final List<Call> entered = new ArrayList<>();
  private final List<Call> left = new ArrayList<>();
  private final PriorityQueue<Call> ahead =
      new PriorityQueue<>(Comparator.comparingLong(Call::exitNs));
  private boolean started;
  private long nowNs;
  private long firstNs;
  private long latestNs = Long.MIN_VALUE;
  private long stepsBack;

  TimeOrder(CallConsumer consumer) {
    this.consumer = consumer;
  }

  /**
   * The trace goes on at this time.
   *
   * @return that time, or the present one where the stamp lies before it: time does not run back
   */
  long advance(long timeNs) {
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
    entered.add(call);
  }

  /** A call that began before the trace is inside from its start. */
  void enterBefore(Call call) {
    call.setInside(true);
    consumer.enter(call);
  }

  /** A call is over now. */
  void leave(Call call, boolean lost) {
    call.end(nowNs, lost);
    left.add(call);
  }

  /** A call will be over at a known time, not before now. */
  void leaveAt(Call call, long timeNs) {
    latestNs = Math.max(latestNs, timeNs);
    call.end(timeNs, false);
    if (call.exitNs() <= nowNs) {
      left.add(call);
    } else {
      ahead.add(call);
    }
  }

  /** A call whose return was said to lie ahead is over now at the latest. */
  void leaveByNow(Call call) {
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
    while (!ahead.isEmpty() && ahead.element().exitNs() < nowNs) {
      release(ahead.remove());
    }
    while (!ahead.isEmpty() && ahead.element().exitNs() == nowNs) {
      left.add(ahead.remove());
    }
    for (Call call : left) {
      if (call.inside() && !call.nestedEntryAt(nowNs)) {
        release(call);
      }
    }
    for (Call call : entered) {
      call.setInside(true);
      consumer.enter(call);
      if (call.returned() && call.exitNs() == nowNs && !call.nestedEntryAt(nowNs)) {
        release(call);
      }
    }
    for (Call call : left) {
      if (call.inside()) {
        release(call);
      }
    }
    left.clear();
    entered.clear();
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
  long spanNs() {
    return started ? latestNs - firstNs : 0;
  }

  /** How often a stamp lay before the one above it. */
  long stepsBack() {
    return stepsBack;
  }
}
