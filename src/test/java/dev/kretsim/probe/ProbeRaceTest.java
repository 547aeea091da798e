package dev.kretsim.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.kernel.KernelVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hits on two CPUs, and the probe's end: no schedule breaks a law. */
class ProbeRaceTest {
  @ParameterizedTest
  @EnumSource(KernelVersion.class)
  void noScheduleWithinTheBoundBreaksALaw(KernelVersion version) {
    assertThat(BrokenProbes.firstFailure(version, () -> BrokenProbes.sound(version))).isEmpty();
  }
}
