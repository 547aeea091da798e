package dev.kretsim.fleet;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a host, or of one function there, that its files do not tell; each is null where
 * nobody said.
 *
 * @param maxactive the pool that was in force while {@code kprobe_profile} counted, at least 1
 * @param ratePerSecond calls a second, above 0, for histograms
 * @param seconds the time between the two snapshots, above 0
 * @param possibleCpus the CPUs that the host could ever have online, at least 1
 * @param kernel its release
 */
public record HostFacts(
    @Nullable Integer maxactive,
    @Nullable Double ratePerSecond,
    @Nullable Double seconds,
    @Nullable Integer possibleCpus,
    @Nullable String kernel)
    implements Serializable {
  static final HostFacts NOTHING = new HostFacts(null, null, null, null, null);

  /** These, and where one is unknown, that of the others. */
  HostFacts or(HostFacts others) {
    return new HostFacts(
        first(maxactive, others.maxactive),
        first(ratePerSecond, others.ratePerSecond),
        first(seconds, others.seconds),
        first(possibleCpus, others.possibleCpus),
        first(kernel, others.kernel));
  }

  private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
    return one != null ? one : other;
  }
}
