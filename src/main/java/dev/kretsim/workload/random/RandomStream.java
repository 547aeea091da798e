package dev.kretsim.workload.random;

import org.apache.commons.rng.LongJumpableUniformRandomProvider;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A stream of random numbers: where every random choice comes from. The same seed gives the same
 * numbers, on every machine.
 *
 * <p><b>Source.</b> Blackman and Vigna's xoroshiro128++, of Apache Commons RNG.
 */
public final class RandomStream {
  private final LongJumpableUniformRandomProvider numbers;

  private RandomStream(LongJumpableUniformRandomProvider numbers) {
    this.numbers = numbers;
  }

  /**
   * {@return the stream of a seed}
   *
   * @param seed any
   */
  public static RandomStream of(long seed) {
    return new RandomStream(
        (LongJumpableUniformRandomProvider) RandomSource.XO_RO_SHI_RO_128_PP.create(seed));
  }

  /**
   * {@return another stream of the same seed, for one from which others branch off}
   *
   * @param seed any
   */
  public static RandomStream trunk(long seed) {
    UniformRandomProvider master = RandomSource.SPLIT_MIX_64.create(seed);
    return new RandomStream(
        (LongJumpableUniformRandomProvider)
            RandomSource.XO_RO_SHI_RO_128_PP.create(
                new long[] {master.nextLong(), master.nextLong()}));
  }

  /**
   * {@return the next branch: this stream goes on 2^64 numbers later, and never comes into its
   * numbers}
   */
  public RandomStream branch() {
    return new RandomStream((LongJumpableUniformRandomProvider) numbers.jump());
  }

  /** {@return the next large branch, 2^96 numbers long: it has room for branches of its own} */
  public RandomStream largeBranch() {
    return new RandomStream((LongJumpableUniformRandomProvider) numbers.longJump());
  }

  /** {@return a number in {@code [0, 1)}} */
  public double nextDouble() {
    return numbers.nextDouble();
  }

  /** {@return any number, each as likely} */
  public long nextLong() {
    return numbers.nextLong();
  }

  /** The generator itself, for the samplers of this room. */
  UniformRandomProvider numbers() {
    return numbers;
  }
}
