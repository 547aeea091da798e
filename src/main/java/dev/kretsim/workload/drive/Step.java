package dev.kretsim.workload.drive;

import java.util.function.LongSupplier;

/**
 * One thing that a function's body does. Java 17 cannot suspend a method, so a body is a list of
 * steps, and whatever takes time is a step of its own.
 */
public sealed interface Step {
  /**
   * Keeps the CPU busy.
   *
   * @param ns for how long, in nanoseconds
   */
  record Spin(LongSupplier ns) implements Step {}

  /**
   * Gives the CPU up for a time.
   *
   * @param ns for how long, in nanoseconds
   */
  record Sleep(LongSupplier ns) implements Step {}

  /** Gives the CPU up until somebody resumes the thread. */
  record Hold() implements Step {}

  /** Calls another function. */
  record Call(Routine callee, long argument) implements Step {}

  /** Returns to the caller. */
  record Return(long value) implements Step {}

  /** Ends the task, here and now: the function never returns. */
  record Exit() implements Step {}
}
