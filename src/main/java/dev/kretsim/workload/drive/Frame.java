package dev.kretsim.workload.drive;

import org.jspecify.annotations.Nullable;

/** One activation of a function: reused, as calls come and go at the same depth. */
public final class Frame {
  private @Nullable Routine routine;
  private long argument;
  private long returnAddress;
  private long result;
  private int step;

  void open(Routine called, long withArgument, long returningTo) {
    routine = called;
    argument = withArgument;
    returnAddress = returningTo;
    result = 0;
    step = 0;
  }

  /** Takes the next step. */
  Step advance() {
    Step next = routine().body().next(this);
    step++;
    return next;
  }

  Routine routine() {
    if (routine == null) {
      throw new IllegalStateException("frame is not open");
    }
    return routine;
  }

  long returnAddress() {
    return returnAddress;
  }

  void result(long ofLastCall) {
    result = ofLastCall;
  }

  /** {@return the function's first argument} */
  public long argument() {
    return argument;
  }

  /** {@return what the last call made from here returned} */
  public long result() {
    return result;
  }

  /** {@return how many steps were taken before this one} */
  public int step() {
    return step;
  }
}
