package dev.kretsim.probe;

import dev.kretsim.kernel.machine.Task;

/** How far an unwinder has come in a task's in-flight list, from its head. */
public final class ReturnCursor {
  private int passed;

  /**
   * Moves on towards older entries.
   *
   * @param task whose list it is
   * @return the next position in the list, or -1 behind the last
   */
  public int next(Task task) {
    return passed < task.inFlightDepth() ? task.inFlightDepth() - 1 - passed++ : -1;
  }
}
