package dev.kretsim.trace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes an object of each call, for those who want one. */
public final class CallMaker implements MovementConsumer {
  private final CallConsumer consumer;
  private @Nullable Call[] inside = new Call[16];

  /**
   * Makes calls of movements.
   *
   * @param consumer takes the calls, on the thread that brings the movements
   */
  public CallMaker(CallConsumer consumer) {
    this.consumer = consumer;
  }

  @Override
  public void take(Movements all) {
    int at = 0;
    while (at < all.size()) {
      if (all.isEntry(at)) {
        enter(all, at);
        at += Movements.ENTRY;
      } else {
        leave(all, at);
        at += Movements.RETURN;
      }
    }
  }

  private void enter(Movements all, int at) {
    Call call =
        new Call(
            all.function(at),
            all.task(at),
            all.context(at),
            all.depth(at),
            all.timeNs(at),
            all.beganBefore(at),
            all.knownLost(at));
    int slot = all.slot(at);
    if (slot >= inside.length) {
      inside = Arrays.copyOf(inside, 2 * slot);
    }
    inside[slot] = call;
    consumer.enter(call);
  }

  private void leave(Movements all, int at) {
    Call call = inside[all.slot(at)];
    if (call != null) {
      inside[all.slot(at)] = null;
      call.end(all.timeNs(at), all.holdNs(at), all.lost(at), all.cut(at));
      consumer.leave(call);
    }
  }
}
