package dev.kretsim.workload.random;

import java.util.function.DoubleSupplier;

/** An endless stream of lengths of time in nanoseconds, none negative. */
@FunctionalInterface
public interface Lengths extends DoubleSupplier {
  /** Puts the next {@code count} into the beginning of an array. */
  default void fill(double[] into, int count) {
    for (int i = 0; i < count; i++) {
      into[i] = getAsDouble();
    }
  }

  /**
   * The same stream, drawn ahead so many at a time: what else draws from its source of randomness
   * gets other values.
   */
  default Lengths ahead(int many) {
    return new LengthsAhead(this, many);
  }
}
