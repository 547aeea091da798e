package dev.kretsim.command.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.Readme;
import dev.kretsim.cli.ConsoleRun;
import dev.kretsim.trace.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a plan is made from, no word of it gives a probe less than it would have unasked. */
class NothingBelowTheDefaultTest {
  private static final Pattern PASTED =
      Pattern.compile(
          "^r(\\d+):|maxactive[ =]+(\\d+)|maxactive\\((\\d+)\\)|RetprobeMaxActive: (\\d+)");

  /** A machine as it is said, and what its kernel gives a probe that asks for nothing. */
  private record Machine(String kernel, String preempt, int cpus) {
    private int byDefault() {
      // Since 6.2 every kernel counts like a preemptible one.
      boolean single = preempt.equals("none") && kernel.startsWith("5.");
      return single ? cpus : Math.max(10, 2 * cpus);
    }

    private List<String> options() {
      return List.of(
          "--kernel", kernel, "--preempt", preempt, "--possible-cpus", cpus + "", "--out", "json");
    }
  }

  private static final List<Machine> MACHINES =
      List.of(new Machine("6.12", "voluntary", 96), new Machine("5.10", "none", 24));

  /** Each sample, and each recording of a kernel or a tool. */
  static List<String> recordings() throws IOException {
    List<String> all = new ArrayList<>();
    for (Sample sample : Sample.values()) {
      all.add(Sample.PREFIX + sample.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    Path resources = Readme.top().resolve("src/test/resources");
    for (String folder :
        new String[] {
          "oracle/traces", "oracle/traces-5.10", "oracle/traces-arm64", "trace-formats"
        }) {
      try (Stream<Path> files = Files.list(resources.resolve(folder))) {
        files.filter(Files::isRegularFile).map(Path::toString).sorted().forEach(all::add);
      }
    }
    // A snapshot alone is half an input, and raw events are none.
    all.removeIf(name -> name.contains("profile-") || name.contains("-raw"));
    return all;
  }

  private static void check(List<String> words, Machine machine) throws IOException {
    List<String> all = new ArrayList<>(words);
    all.addAll(machine.options());
    ConsoleRun run = ConsoleRun.of(all.toArray());
    if (run.err().contains("; add --rate")) {
      all.addAll(List.of("--rate", "12000/s"));
      run = ConsoleRun.of(all.toArray());
    }
    if (run.err().contains("choose with --function: ")) {
      assertThat(run.err()).doesNotContain("null");
      all.add("--function");
      all.add(run.err().strip().replaceFirst("(?s).*: ", "").split(", ")[0]);
      run = ConsoleRun.of(all.toArray());
    }
    String said = String.join(" ", all);
    assertThat(run.code()).as(said + ": " + run.err()).isZero();
    JsonNode functions = new ObjectMapper().readTree(run.out()).path("functions");
    assertThat(functions).as(said).isNotEmpty();
    for (JsonNode function : functions) {
      JsonNode made = function.path("recommendation");
      String what = said + ", " + function.path("function").asText();
      int byDefault = machine.byDefault();
      int smallest = made.path("smallest").asInt();
      assertThat(made.path("default_maxactive").asInt()).as(what).isEqualTo(byDefault);
      assertThat(made.path("maxactive").asInt()).as(what).isEqualTo(Math.max(byDefault, smallest));
      assertThat(made.path("verdict").asText())
          .as(what)
          .isEqualTo(byDefault >= smallest ? "keep_default" : "set");
      assertThat(made.path("same_memory_up_to").asInt())
          .as(what)
          .isGreaterThanOrEqualTo(made.path("maxactive").asInt());
      for (JsonNode line : function.path("paste")) {
        Matcher number = PASTED.matcher(line.asText());
        while (number.find()) {
          int pasted = Integer.parseInt(number.group().replaceAll("\\D", ""));
          // 0 is how some of them ask for the default.
          assertThat(pasted == 0 || pasted >= byDefault).as(what + ": " + line).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void ofSamplesAndRecordings(String name) throws IOException {
    for (Machine machine : MACHINES) {
      check(List.of("plan", name), machine);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void ofTwoHundredLoadsThatAreSimulated(long seed) throws IOException {
    Random random = new Random(seed);
    String[] holds = {"exponential(mean=%s)", "fixed(%s)", "lognormal(mean=%s,sigma=1.5)"};
    for (int load = 0; load < 50; load++) {
      Machine one = MACHINES.get(random.nextInt(MACHINES.size()));
      Machine machine = new Machine(one.kernel(), one.preempt(), 1 + random.nextInt(128));
      double inside = Math.pow(10, 4 * random.nextDouble() - 2);
      String hold =
          String.format(Locale.ROOT, holds[random.nextInt(3)], (int) (inside * 1000) + 1 + "us");
      List<String> words =
          new ArrayList<>(List.of("plan", "--rate", "1000/s", "--hold", hold, "--calls", "500"));
      words.addAll(
          List.of(
              "--target",
              String.format(Locale.ROOT, "%.2g", Math.pow(10, -1 - 4 * random.nextDouble()))));
      words.addAll(Arrays.asList("--seed", load + ""));
      check(words, machine);
    }
  }
}
