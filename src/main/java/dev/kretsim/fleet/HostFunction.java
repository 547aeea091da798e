package dev.kretsim.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one function on one host: all that a fleet is made of.
 *
 * @param missed element <i>c</i> - 1 is the number of calls that <i>c</i> instances miss; 0 beyond
 * @param spanNs how long was looked; null if unknown, as of histograms
 * @param maxactive the number to have there: what it needs, or its kernel's default if that is more
 * @param smallest the least that it needs
 * @param tooShort whether too little was recorded to show that the target is met, so that it needs
 *     enough for all tasks that were seen
 * @param defaultMaxactive what the kernel gives by itself; null if it depends on CPUs that are not
 *     known
 * @param keepsDefault whether that is enough
 * @param possibleCpus the CPUs that the host could ever have online; null if unknown
 * @param modelledRatios element <i>c</i> - 1 is the share of the calls that <i>c</i> instances
 *     miss, where a model of the load tells it; null where the calls themselves were recorded
 */
public record HostFunction(
    String function,
    long calls,
    List<Long> missed,
    @Nullable Long spanNs,
    @Nullable Double ratePerSecond,
    @Nullable Double meanHoldNs,
    @Nullable Integer threads,
    @Nullable Double burstiness,
    long lostExits,
    int maxactive,
    int smallest,
    boolean tooShort,
    @Nullable Integer defaultMaxactive,
    boolean keepsDefault,
    @Nullable Integer possibleCpus,
    @Nullable List<Double> modelledRatios) {
  private static final long MINUTE_NS = 60_000_000_000L;

  public HostFunction {
    missed = List.copyOf(missed);
    modelledRatios = modelledRatios == null ? null : List.copyOf(modelledRatios);
  }

  /** Whether its misses are those of a model, not of calls that were recorded. */
  boolean isModelled() {
    return modelledRatios != null;
  }

  /** Calls that a pool misses; of a model, rounded. */
  long missedWith(int pool) {
    return pool > missed.size() ? 0 : missed.get(pool - 1);
  }

  /** The share of the calls that a pool misses. */
  double ratioWith(int pool) {
    List<Double> model = modelledRatios;
    if (model != null) {
      return pool > model.size() ? 0 : model.get(pool - 1);
    }
    return calls == 0 ? 0 : (double) missedWith(pool) / calls;
  }

  /** Whether it is known what a day would be: from how long was looked, or a modelled rate. */
  boolean tellsDays() {
    return spanNs == null ? isModelled() && ratePerSecond != null : spanNs > 0;
  }

  /** Whether it was looked at for less than a minute, of which a day tells little. */
  boolean isBrief() {
    return spanNs != null && spanNs > 0 && spanNs < MINUTE_NS;
  }

  /**
   * Misses a day, if every day is like what was seen; null where it is not known how long that was.
   */
  @Nullable Double missesPerDay(int pool) {
    if (spanNs != null) {
      return spanNs > 0 ? (Double) (missesIn(pool) * (86_400e9 / spanNs)) : null;
    }
    Double rate = ratePerSecond;
    return isModelled() && rate != null ? (Double) (ratioWith(pool) * rate * 86_400) : null;
  }

  private double missesIn(int pool) {
    return isModelled() ? ratioWith(pool) * calls : missedWith(pool);
  }
}
