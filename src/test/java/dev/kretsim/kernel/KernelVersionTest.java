package dev.kretsim.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What differs between kernel versions, as recordings and sources say. */
class KernelVersionTest {
  @ParameterizedTest(name = "{0}, preemption {1}, {2} possible CPUs: {3}")
  @CsvSource({
    "5.4, VOLUNTARY, 8, 8",
    "5.10, VOLUNTARY, 1, 1",
    "5.10, VOLUNTARY, 6, 6",
    "5.10, FULL, 2, 10",
    "5.10, FULL, 6, 12",
    "5.14, NONE, 16, 16",
    "6.0, VOLUNTARY, 8, 8",
    "6.0, FULL, 8, 16",
    "6.1, VOLUNTARY, 1, 10",
    "6.1, NONE, 8, 16",
    "6.12, VOLUNTARY, 4, 10",
    "6.12, VOLUNTARY, 8, 16",
    "6.1-rt, REALTIME, 2, 10",
    "7.3, LAZY, 8, 16",
    "5.10, REALTIME, 6, 12",
  })
  void theDefaultMaxactiveDependsOnVersionPreemptionAndPossibleCpus(
      String version, Preemption preemption, int cpus, int expected) {
    KernelVersion kernel = KernelVersion.of(version).orElseThrow();
    assertThat(kernel.defaultMaxactive(preemption, cpus)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "5.4, hlist",
    "5.10, hlist",
    "5.14, freelist",
    "6.0, freelist",
    "6.1, freelist",
    "6.1-rt, freelist",
    "6.12, objpool",
    "6.12-rt, objpool",
    "7.3, objpool",
  })
  void eachVersionKeepsItsInstancesInItsOwnPool(String version, String pool) {
    assertThat(KernelVersion.of(version).orElseThrow().pool().name()).isEqualTo(pool);
  }

  @Test
  void theNewestIsTheDefaultAndUnknownOnesAreNotGuessed() {
    assertThat(KernelVersion.newest()).isEqualTo(KernelVersion.V7_3);
    assertThat(KernelVersion.of("6.13")).isEmpty();
    assertThat(KernelVersion.labels())
        .isEqualTo("5.4, 5.10, 5.14, 6.0, 6.1, 6.1-rt, 6.12, 6.12-rt, 7.3");
  }
}
