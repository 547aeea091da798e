package dev.kretsim.command.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.cli.ConsoleRun;
import dev.kretsim.fleet.HostFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts recorded in all kinds of files, as one fleet. */
class MixedFleetTest {
  /** Adds up the curves of plans; those of a model, in files named so, apart. */
  private static final String ADD_UP =
      """
      BEGIN { FS = "," }
      FNR == 1 { next }
      { at = $1 "," $2; if ($2 > most[$1]) most[$1] = $2; over[at] += $4 > 1e-4 }
      FILENAME ~ /model/ { modelled[at] += $3; next }
      { missed[at] += $3 }
      END {
        for (f in most)
          for (c = 1; c <= most[f]; c++)
            printf "%s,%d,%.0f,%d,%.0f\\n",
              f, c, missed[f "," c], over[f "," c], modelled[f "," c]
      }
      """;

  @TempDir private Path folder;

  private Path hosts;

  @BeforeEach
  void make() throws IOException {
    hosts = Files.createDirectory(folder.resolve("hosts"));
  }

  private Path table(int count) throws IOException {
    StringBuilder rows = new StringBuilder("host,maxactive,kernel\n");
    for (int host = 0; host < count; host++) {
      if (HostFiles.kindOf(host) == HostFiles.Kind.PROFILE) {
        rows.append("host%04d,%d,6.1%n".formatted(host, HostFiles.IN_FORCE));
      }
    }
    return Files.writeString(folder.resolve("hosts.csv"), rows);
  }

  private static String out(Object... arguments) {
    ConsoleRun run = ConsoleRun.of(arguments);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  @Test
  void itsCurveIsWhatAnotherProgramAddsUpFromThePlansOfItsHosts()
      throws IOException, InterruptedException {
    isAddedUp(24, 60_000);
  }

  @Test
  @Tag("soak")
  void soIsThatOfFiveHundredHostsAndTwoGigabytes() throws IOException, InterruptedException {
    isAddedUp(500, 4_400_000);
  }

  private void isAddedUp(int count, long bytes) throws IOException, InterruptedException {
    List<String> script = new ArrayList<>(List.of("awk", ADD_UP));
    for (int host = 0; host < count; host++) {
      String name = HostFiles.write(hosts, host, bytes);
      boolean counted = HostFiles.kindOf(host) == HostFiles.Kind.PROFILE;
      String plan =
          counted
              ? out(
                  "plan",
                  hosts.resolve(name + ".before"),
                  hosts.resolve(name + ".after"),
                  "--maxactive",
                  HostFiles.IN_FORCE,
                  "--kernel",
                  "6.1",
                  "--out",
                  "csv")
              : out("plan", hosts.resolve(name + ".txt"), "--out", "csv");
      Path kept = folder.resolve(name + (counted ? ".model.csv" : ".csv"));
      script.add(Files.writeString(kept, plan).toString());
    }
    Process awk = new ProcessBuilder(script).redirectErrorStream(true).start();
    String sums = new String(awk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(awk.waitFor()).as(sums).isZero();
    String fleet = out("fleet", hosts, "--hosts", table(count), "--out", "csv");
    List<String> columns = Arrays.asList(fleet.lines().findFirst().orElseThrow().split(","));
    List<String> own =
        fleet
            .lines()
            .skip(1)
            .map(line -> line.split(","))
            .map(
                cells ->
                    String.join(
                        ",",
                        List.of(
                                "function",
                                "maxactive",
                                "missed",
                                "hosts_over_target",
                                "simulated_missed")
                            .stream()
                            .map(column -> cells[columns.indexOf(column)])
                            .toList()))
            .toList();
    assertThat(own).hasSizeGreaterThan(20);
    assertThat(own).containsExactlyInAnyOrderElementsOf(sums.lines().toList());
  }
}
