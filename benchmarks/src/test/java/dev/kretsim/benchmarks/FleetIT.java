package dev.kretsim.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.benchmarks.fleet.FleetRun;
import dev.kretsim.benchmarks.fleet.HostFolder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is timed plans all hosts, and finds as many calls on both ways; no time is judged. */
class FleetIT {
  private static final int BYTES = 5_000_000;

  @Test
  void theFleetHasTheCallsOfItsHosts() throws Exception {
    HostFolder hosts = HostFolder.write(BYTES);
    JsonNode fleet = new ObjectMapper().readTree(said(FleetRun.command(hosts)));
    assertThat(fleet.path("hosts").asInt()).isEqualTo(HostFolder.HOSTS);
    long calls = 0;
    for (JsonNode function : fleet.path("functions")) {
      JsonNode point = function.path("curve").path(0);
      calls += point.path("calls").asLong() + point.path("simulated_calls").asLong();
    }
    String[] counted = said(FleetRun.oneByOneCommand(hosts)).strip().split(" ");
    assertThat(calls).isGreaterThan(10_000).isEqualTo(Long.parseLong(counted[1]));
  }

  private static String said(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("exit code of %s", command).isZero();
    return said;
  }
}
