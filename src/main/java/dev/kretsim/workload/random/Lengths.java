package dev.kretsim.workload.random;

import java.util.function.DoubleSupplier;

/** An endless stream of lengths of time in nanoseconds, none negative. */
@FunctionalInterface
public interface Lengths extends DoubleSupplier {
  /**
   * Puts the next lengths into the beginning of an array.
   *
   * @param into gets lengths in nanoseconds
   * @param count at most the array's length
   */
  default void fill(double[] into, int count) {
    for (int i = 0; i < count; i++) {
      into[i] = getAsDouble();
    }
  }

  /**
   * {@return the same stream, drawn ahead so many at a time: what else draws from its source of
   * randomness gets other values}
   *
   * @param many at least 1
   */
  default Lengths ahead(int many) {
    return new LengthsAhead(this, many);
  }
}
