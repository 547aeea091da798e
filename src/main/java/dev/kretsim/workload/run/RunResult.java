package dev.kretsim.workload.run;

import dev.kretsim.pool.PoolDesign;
import dev.kretsim.probe.Tally;
import dev.kretsim.workload.scenario.Scenario;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a run did.
 *
 * @param scenario with every choice that was made
 * @param elapsedNs in the driver's clock
 */
public record RunResult(Scenario scenario, long elapsedNs, List<ProbeResult> probes) {
  /** What one probe saw. */
  public sealed interface ProbeResult {
    /** {@return the function that the probe is on} */
    String symbol();

    /** {@return how many hits came inside handlers, as the kernel's counter shows them} */
    long kpNmissed();

    /** A kprobe: how often its pre-handler ran. */
    record OnEntry(String symbol, long hits, long kpNmissed) implements ProbeResult {}

    /**
     * A kretprobe.
     *
     * @param transientMisses misses although an instance was free; empty where it cannot be known
     * @param nmissed what the kernel's counter would show
     */
    record OnReturn(
        String symbol,
        PoolDesign pool,
        int maxactive,
        int dataSize,
        Tally tally,
        OptionalLong transientMisses,
        long nmissed,
        long kpNmissed)
        implements ProbeResult {}
  }
}
