package dev.kretsim.memory.explore;

import org.jspecify.annotations.Nullable;

/** A scene in which each CPU does one thing. */
public class OneEach implements Scene {
  private final @Nullable Operation[] left;

  public OneEach(Operation... operations) {
    left = operations.clone();
  }

  @Override
  public int cpus() {
    return left.length;
  }

  @Override
  public @Nullable Operation next(int cpu) {
    Operation operation = left[cpu];
    left[cpu] = null;
    return operation;
  }
}
