package dev.kretsim.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.kretsim.trace.TraceSource;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one host costs, of which a fleet may have very many. */
class HostPlannerTest {
  /** Bytes; the buffer for the longest line is a sixth of it. */
  private static final long FEW = 3 << 19;

  private final HostPlanner planner =
      new HostPlanner(new FleetQuestion(List.of(), null, KnownHosts.none()));

  @Test
  void aHostThatRecordedLittleTakesLittleMemory() {
    byte[] trace = HostTraces.of(0).getBytes(StandardCharsets.UTF_8);
    assertThat(planned(trace).functions()).hasSize(1);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    planned(trace);
    long taken = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(taken).isLessThan(FEW);
  }

  private HostResult planned(byte[] trace) {
    return planner.planned(
        "host", () -> TraceSource.of("host.txt", () -> new ByteArrayInputStream(trace)));
  }
}
