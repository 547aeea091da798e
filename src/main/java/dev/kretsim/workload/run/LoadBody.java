package dev.kretsim.workload.run;

import dev.kretsim.workload.drive.Body;
import dev.kretsim.workload.drive.Frame;
import dev.kretsim.workload.drive.Step;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The main function of a load's task: call, think, and again, until it has done enough. */
final class LoadBody implements Body {
  private static final Step EXIT = new Step.Exit();

  private final Step call;
  private final @Nullable Step think;
  private final LongSupplier clock;
  private final long untilNs;
  private long callsLeft;
  private boolean thinks;

  /**
   * @param calls how many calls to make at most
   * @param untilNs from when on, by {@code clock}, no further call is made
   */
  LoadBody(Step call, @Nullable Step think, long calls, LongSupplier clock, long untilNs) {
    this.call = call;
    this.think = think;
    this.callsLeft = calls;
    this.clock = clock;
    this.untilNs = untilNs;
  }

  @Override
  public Step next(Frame frame) {
    if (think != null && thinks) {
      thinks = false;
      return think;
    }
    thinks = true;
    if (callsLeft-- <= 0 || (untilNs != Long.MAX_VALUE && clock.getAsLong() >= untilNs)) {
      return EXIT;
    }
    return call;
  }
}
