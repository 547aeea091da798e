package dev.kretsim.plan;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The maxactive to have.
 *
 * @param target the miss ratio that it keeps to
 * @param verdict whether anything is to be set; null where the default is not known
 * @param maxactive the number to have: the larger of the default and the smallest that will do; the
 *     latter where the default is not known
 * @param smallest the least that keeps to the target
 * @param sameMemoryUpTo the largest number that costs no more memory than {@code maxactive}; null
 *     where the cost depends on CPUs that are not known
 * @param basis how {@code smallest} was found
 * @param safeBound enough for every task that was seen at its deepest, and each interrupt level, so
 *     many times as the load grows; null if nothing bounds the number inside
 * @param defaultMaxactive what the kernel gives a probe that asks for nothing; null if it depends
 *     on CPUs that are not known
 * @param defaultMissRatio the share of the calls that the default misses; null with it
 * @param byCpus what the default does, by the number of CPUs; empty where that is known
 * @param ifBursty what calls that come in bursts need; empty unless calls are assumed to come at
 *     random
 * @param memoryBytes what the recommended pool costs; null where that depends on CPUs that are not
 *     known
 * @param growth how many times the load it was made to fit
 * @param withinTracefs whether {@code kprobe_events} takes that many
 * @param highestRatePerSecond up to which rate it keeps to the target, by the formula; null if
 *     unknown
 * @param why one sentence
 */
public record Recommendation(
    double target,
    @Nullable Verdict verdict,
    int maxactive,
    int smallest,
    @Nullable Integer sameMemoryUpTo,
    Basis basis,
    @Nullable Integer safeBound,
    @Nullable Integer defaultMaxactive,
    @Nullable Double defaultMissRatio,
    List<DefaultOn> byCpus,
    List<Burst> ifBursty,
    @Nullable Long memoryBytes,
    double growth,
    boolean withinTracefs,
    @Nullable Double highestRatePerSecond,
    String why) {
  /**
   * Copies the lists.
   *
   * @param target the miss ratio that it keeps to
   * @param verdict whether anything is to be set
   * @param maxactive the number to have
   * @param smallest the least that keeps to the target
   * @param sameMemoryUpTo the largest number that costs no more memory than {@code maxactive}
   * @param basis how {@code smallest} was found
   * @param safeBound enough for every task that was seen at its deepest, and each interrupt level
   * @param defaultMaxactive what the kernel gives a probe that asks for nothing
   * @param defaultMissRatio the share of the calls that the default misses
   * @param byCpus what the default does, by the number of CPUs
   * @param ifBursty what calls that come in bursts need
   * @param memoryBytes what the recommended pool costs
   * @param growth how many times the load it was made to fit
   * @param withinTracefs whether {@code kprobe_events} takes that many
   * @param highestRatePerSecond up to which rate it keeps to the target, by the formula
   * @param why one sentence
   */
  public Recommendation {
    byCpus = List.copyOf(byCpus);
    ifBursty = List.copyOf(ifBursty);
  }

  /** What is to be done. */
  public enum Verdict {
    /** The kernel's default is enough. */
    KEEP_DEFAULT,
    /** It is not: set a number. */
    SET;

    /** {@return the name used in results} */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a recommendation rests on. */
  public enum Basis {
    /** The trace is long enough to show it. */
    OBSERVED,
    /** A model of the load shows it. */
    MODEL,
    /** The trace is too short; no more can be inside at once than these tasks. */
    SAFE_BOUND;

    /** {@return the name used in results} */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What the kernel's default does on machines of some sizes.
   *
   * @param fromCpus the fewest CPUs of them
   * @param upToCpus the most; null: any number
   * @param maxactive the default with the fewest of them, which no other of them is below
   * @param missRatio what it misses
   * @param enough whether it keeps to the target
   */
  public record DefaultOn(
      int fromCpus, @Nullable Integer upToCpus, int maxactive, double missRatio, boolean enough) {}

  /**
   * What is needed if calls come in bursts.
   *
   * @param dispersion the variance of the number inside over its mean: 1 for calls at random
   * @param maxactive the least that keeps to the target then
   */
  public record Burst(double dispersion, int maxactive) {}

  /**
   * {@return whether the default keeps to the target on machines of all sizes, so that none need be
   * known}
   */
  public boolean isDefaultEnoughAnywhere() {
    return byCpus.size() == 1 && byCpus.get(0).enough();
  }

  /**
   * {@return the same with its sentence}
   *
   * @param sentence why
   */
  public Recommendation because(String sentence) {
    return new Recommendation(
        target,
        verdict,
        maxactive,
        smallest,
        sameMemoryUpTo,
        basis,
        safeBound,
        defaultMaxactive,
        defaultMissRatio,
        byCpus,
        ifBursty,
        memoryBytes,
        growth,
        withinTracefs,
        highestRatePerSecond,
        sentence);
  }
}
