package dev.kretsim.workload.drive;

import java.util.List;

/** What a function does, step by step. */
@FunctionalInterface
public interface Body {
  /**
   * {@return the step to take now}
   *
   * @param frame the activation: how many steps it has taken, its argument, what its last call
   *     returned
   */
  Step next(Frame frame);

  /**
   * {@return a body that takes the same steps at each call, then returns}
   *
   * @param steps in order
   * @param returns the value that each call returns
   */
  static Body of(List<Step> steps, long returns) {
    Step[] inOrder = steps.toArray(Step[]::new);
    Step last = new Step.Return(returns);
    return frame -> frame.step() < inOrder.length ? inOrder[frame.step()] : last;
  }
}
