package dev.kretsim.command.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.cli.ConsoleRun;
import dev.kretsim.fleet.HostFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
  void itsNumbersAreThoseOfThePlansOfItsHosts() throws IOException {
    int count = 24;
    Map<String, List<JsonNode>> byFunction = new TreeMap<>();
    for (int host = 0; host < count; host++) {
      for (JsonNode function : json(planOf(HostFiles.write(hosts, host, 30_000), host))) {
        byFunction
            .computeIfAbsent(function.path("function").asText(), name -> new ArrayList<>())
            .add(function);
      }
    }
    JsonNode fleet = json(List.of("fleet", hosts, "--hosts", table(count), "--cover", "0.9"));
    assertThat(fleet).hasSize(byFunction.size());
    for (JsonNode function : fleet) {
      List<JsonNode> own = byFunction.getOrDefault(function.path("function").asText(), List.of());
      List<JsonNode> advice = own.stream().map(one -> one.path("recommendation")).toList();
      assertThat(function.path("hosts").asInt()).isEqualTo(own.size());
      for (String number : List.of("maxactive", "smallest")) {
        int[] sorted = advice.stream().mapToInt(one -> one.path(number).asInt()).sorted().toArray();
        JsonNode sizes = function.path(number);
        assertThat(sizes.path("all").asInt()).isEqualTo(sorted[sorted.length - 1]);
        assertThat(sizes.path("median").asInt()).isEqualTo(sorted[(sorted.length + 1) / 2 - 1]);
        assertThat(sizes.path("cover").asInt()).isEqualTo(sorted[(9 * sorted.length + 9) / 10 - 1]);
      }
      assertThat(function.path("default_enough_on").asLong())
          .isEqualTo(advice.stream().filter(MixedFleetTest::isDefaultEnough).count());
      assertThat(function.path("default_unknown_on").asLong())
          .isEqualTo(advice.stream().filter(one -> one.path("default_maxactive").isNull()).count());
      assertThat(function.path("too_short").size())
          .isEqualTo(
              (int)
                  advice.stream()
                      .filter(one -> one.path("basis").asText().equals("safe_bound"))
                      .count());
      int all = function.path("maxactive").path("all").asInt();
      int cover = function.path("maxactive").path("cover").asInt();
      assertThat(function.at("/misses_per_day/all").asDouble()).isEqualTo(perDay(own, all));
      assertThat(function.at("/misses_per_day/cover").asDouble()).isEqualTo(perDay(own, cover));
      assertThat(function.at("/curve/0/misses_per_day").asDouble()).isEqualTo(perDay(own, 1));
      assertThat(perDay(own, 1)).isPositive();
    }
  }

  private List<Object> planOf(String name, int host) {
    return HostFiles.kindOf(host) == HostFiles.Kind.PROFILE
        ? List.of(
            "plan",
            hosts.resolve(name + ".before"),
            hosts.resolve(name + ".after"),
            "--maxactive",
            HostFiles.IN_FORCE,
            "--kernel",
            "6.1")
        : List.of("plan", hosts.resolve(name + ".txt"));
  }

  private static String out(List<Object> command, Object... more) {
    List<Object> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return out(all.toArray());
  }

  private static JsonNode json(List<Object> command) throws IOException {
    return new ObjectMapper()
        .readTree(out(command, "--target", "0.01", "--out", "json"))
        .path("functions");
  }

  private static boolean isDefaultEnough(JsonNode advice) {
    JsonNode byCpus = advice.path("by_cpus");
    return advice.path("verdict").asText().equals("keep_default")
        || (byCpus.size() == 1 && byCpus.at("/0/enough").asBoolean());
  }

  /** Of those that tell how long was looked, added without rounding. */
  private static double perDay(List<JsonNode> plans, int pool) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode plan : plans) {
      if (!plan.path("span_ns").isNull()) {
        long missed = plan.at("/curve/%d/missed".formatted(pool - 1)).asLong();
        sum = sum.add(new BigDecimal(missed * (86_400e9 / plan.path("span_ns").asLong())));
      }
    }
    return sum.doubleValue();
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
      String plan = out(planOf(name, host), "--out", "csv");
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
