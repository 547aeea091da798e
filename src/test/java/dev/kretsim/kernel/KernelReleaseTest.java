package dev.kretsim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which modelled kernel a release string behaves as. */
class KernelReleaseTest {
  @ParameterizedTest(name = "{0} behaves as {1}")
  @CsvSource({
    "2.6.32-754.el6.x86_64, 5.4",
    "4.19.0-27-amd64, 5.4",
    "5.4.0-200-generic, 5.4",
    "5.9, 5.4",
    "5.10.0-46-amd64, 5.10",
    "5.11, 5.14",
    "5.15.0-1051-aws, 5.14",
    "5.17, 5.14",
    "5.18, 6.0",
    "5.19.0-50-generic, 6.0",
    "6.0.12, 6.0",
    "6.0.16, 6.0",
    "6.0.17, 6.1",
    "6.0.0-6-amd64, 6.0",
    "6.0.12-rt6, 6.1-rt",
    "6.1-rc8, 6.0",
    "6.1.0, 6.0",
    "6.1.2-arch1-1, 6.0",
    "6.1.3, 6.1",
    "6.1.0-1036-oem, 6.0",
    "6.1.0-2-amd64, 6.0",
    "6.1.0-9-cloud-arm64, 6.1",
    "6.1.0-0.deb11.13-amd64, 6.1",
    "6.2-rc1, 6.1",
    "6.1.0-56-amd64, 6.1",
    "6.1.0-56-rt-amd64, 6.1-rt",
    "6.6.30, 6.1",
    "6.7-rc1, 6.12",
    "6.8.0-45-generic, 6.12",
    "6.12.117+deb12-rt-amd64, 6.12-rt",
    "6.12.8-rt5, 6.12-rt",
    "6.18.44, 7.3",
    "7.3.4+deb13-amd64, 7.3",
    "9.0, 7.3",
    "latest, 7.3",
    "Newest, 7.3",
  })
  void aReleaseBehavesAsTheModelledKernelOfItsEra(String release, String version) {
    assertThat(KernelRelease.of(release).version().label()).isEqualTo(version);
  }

  @ParameterizedTest
  @EnumSource
  void aModelledVersionIsItselfWithoutARemark(KernelVersion version) {
    KernelRelease release = KernelRelease.of(version.label());
    assertThat(release.version()).isEqualTo(version);
    assertThat(release.remark()).isEmpty();
  }

  @Test
  void theRemarkSaysWhichAndWhy() {
    assertThat(KernelRelease.of("5.15.0-1051-aws").remark())
        .isEqualTo("kernel 5.15.0-1051-aws is emulated as 5.14: lock-free list, no fault handlers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5.15.0-1032-realtime",
        "5.14.0-427.13.1.el9_4.x86_64+rt",
        "5.14.0-70.13.1.rt21.83.el9_0.x86_64",
        "4.18.0-372.9.1.rt7.166.el8.x86_64",
        "6.1.90-rt30",
        "6.8.1-1015-realtime"
      })
  void distributionsSayRealtimeInSeveralWays(String release) {
    assertThat(KernelRelease.of(release).remark()).contains("PREEMPT_RT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.1.0-start", "6.8.0-45-generic", "6.6.30.rtl", "6.1.0-art-1"})
  void noOtherReleaseIsTakenForRealtime(String release) {
    assertThat(KernelRelease.of(release).remark()).doesNotContain("PREEMPT_RT");
  }

  @Test
  void anOlderReleaseIsBeforeANewerOne() {
    assertThat(KernelRelease.of("4.4.0-210-generic").isBefore(4, 12)).isTrue();
    assertThat(KernelRelease.of("v3.10.0").isBefore(4, 12)).isTrue();
    assertThat(KernelRelease.of("4.12").isBefore(4, 12)).isFalse();
    assertThat(KernelRelease.of("6.12-rt").isBefore(6, 13)).isTrue();
    assertThat(KernelRelease.of("latest").isBefore(4, 12)).isFalse();
  }

  @Test
  void theRemarkSaysWhereTheDefaultMayBeLarger() {
    assertThat(KernelRelease.of("6.1.0-1036-oem").remark())
        .isEqualTo(
            "kernel 6.1.0-1036-oem is emulated as 6.0: lock-free list behind return hooks; its"
                + " default maxactive is larger if it was built from 6.0.17, 6.1.3 or later");
    assertThat(KernelRelease.of("6.1.0").remark()).doesNotContain("larger");
  }

  @Test
  void aRealtimeBuildThatIsNotModelledSaysSo() {
    assertThat(KernelRelease.of("5.10.0-46-rt-amd64").remark()).contains("as 5.10", "PREEMPT_RT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "six", "6", "6.", "6.x", "-6.1", "6.1234", "rt-6.1"})
  void whatIsNoReleaseIsRefused(String text) {
    assertThatThrownBy(() -> KernelRelease.of(text))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("or a release as uname -r prints it: " + text);
  }
}
