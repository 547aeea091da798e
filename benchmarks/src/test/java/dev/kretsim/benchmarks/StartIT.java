package dev.kretsim.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.benchmarks.process.StartRun;
import dev.kretsim.benchmarks.process.StartRun.Asked;
import dev.kretsim.benchmarks.process.StartRun.Way;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ways that are timed say the same; no time is judged. */
class StartIT {
  @ParameterizedTest
  @EnumSource
  void theLauncherSaysWhatJavaSays(Asked asked) throws Exception {
    String java = said(Way.JAVA_JAR, asked);
    assertThat(java).isNotBlank();
    assertThat(said(Way.LAUNCHER, asked)).isEqualTo(java);
  }

  private static String said(Way way, Asked asked) throws Exception {
    Process process =
        new ProcessBuilder(StartRun.command(way, asked)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
