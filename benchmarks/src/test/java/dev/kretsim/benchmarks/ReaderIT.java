package dev.kretsim.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.benchmarks.reader.Program;
import dev.kretsim.benchmarks.reader.ReaderRun;
import dev.kretsim.benchmarks.reader.TraceText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is timed goes through all of a file and finds the same in it; no time is judged. */
class ReaderIT {
  private static final int BYTES = 3_000_000;

  @ParameterizedTest
  @EnumSource
  void thePlanCountsWhatTheLineOfAwkCounts(TraceText text) throws Exception {
    Path file = ReaderRun.file(text, BYTES);
    String[] counted = said(Program.MAWK.command(text, file)).strip().split(" ");
    JsonNode plan =
        new ObjectMapper()
            .readTree(
                said(
                    List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Program.product().toString(),
                        "plan",
                        "--function",
                        Program.FUNCTION,
                        "--out",
                        "json",
                        file.toString())))
            .path("functions")
            .path(0);
    assertThat(plan.path("calls").asLong())
        .isGreaterThan(1000)
        .isEqualTo(Long.parseLong(counted[0]));
    assertThat(plan.path("peak_inside").asInt()).isEqualTo(Integer.parseInt(counted[1]));
  }

  @ParameterizedTest
  @EnumSource
  void eachProgramGoesThroughEachText(Program program) throws Exception {
    for (TraceText text : TraceText.values()) {
      assertThat(said(program.command(text, ReaderRun.file(text, BYTES)))).isNotBlank();
    }
  }

  private static String said(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("exit code of %s", command).isZero();
    return said;
  }
}
