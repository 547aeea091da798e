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
    "5.18, 6.1",
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
