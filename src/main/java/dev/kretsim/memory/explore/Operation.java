package dev.kretsim.memory.explore;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Something that an emulated CPU does, from beginning to end.
 *
 * @param name for people to read
 * @param first done when it begins, before its first access
 * @param code the operation
 * @param then what is to be done with its result before anything else happens
 * @param stateful whether the code keeps state of its own, so that it needs a thread
 */
public record Operation(
    String name, Runnable first, LongSupplier code, LongConsumer then, boolean stateful) {
  /** An operation with its state in memory alone. */
  public static Operation of(String name, LongSupplier code, LongConsumer then) {
    return new Operation(name, () -> {}, code, then, false);
  }

  /** An operation that keeps state of its own. */
  public static Operation onThread(String name, Runnable code) {
    return new Operation(
        name,
        () -> {},
        () -> {
          code.run();
          return 0;
        },
        ignored -> {},
        true);
  }

  /** The same, with something to be done first. */
  public Operation after(Runnable before) {
    return new Operation(name, before, code, then, stateful);
  }
}
