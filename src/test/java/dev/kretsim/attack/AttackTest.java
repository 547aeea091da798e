package dev.kretsim.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.cli.CommandOption;
import dev.kretsim.trace.TraceMutator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the command line is given, it answers in bounded time with an exit code that it
 * documents, says one line where it refuses, shows no stack trace and changes no file that it was
 * not asked to write.
 *
 * <p>The attacks are new in each run. A failure names the seed; {@code -Dkretsim.attack.seed=SEED}
 * repeats it.
 */
class AttackTest {
  private static final long SEED =
      Long.getLong("kretsim.attack.seed", System.currentTimeMillis() / 1000);

  private static final int MOST_COMPLAINTS = 8;

  /** Command lines that work, to which something is done. */
  private static final List<String> GOOD =
      List.of(
          "plan calls.csv",
          "plan events.txt",
          "plan graph.txt.gz",
          "plan hist.txt --rate 20000/s --calls 2000",
          "plan before.prof after.prof --maxactive 4",
          "plan --rate 12000/s --hold fixed(100us) --calls 2000",
          "plan --threads 20 --think exponential(mean=3ms) --hold fixed(1ms) --calls 2000",
          "plan --arrivals batch(rate=1000/s,size=8) --hold fixed(100us) --calls 2000",
          "import calls.csv --out new.calls",
          "run scenario.yaml",
          "run --calls 20",
          "explain scenario.yaml",
          "explain",
          "conform case.json",
          "scale --threads 1,2 --pool hlist",
          "events check lines.txt",
          "events profile scenario.yaml");

  private static final List<String> FILES =
      List.of(
          "calls.csv",
          "events.txt",
          "graph.txt",
          "graph.txt.gz",
          "before.prof",
          "after.prof",
          "hist.txt",
          "scenario.yaml",
          "holds.txt",
          "lines.txt",
          "case.json",
          "folder");

  /** What follows one of these must stay in the folder. */
  private static final Set<String> OUTPUTS = Set.of("--out", "--html", "--svg", "--perfetto");

  @TempDir private Path folder;

  private final Map<String, List<CommandOption>> options = new HashMap<>();

  /** Makes one attack of that number. */
  private interface Maker {
    Attack make(SplittableRandom random, Workplace place) throws IOException;
  }

  private void attack(String kind, int count, Maker maker) throws IOException {
    System.out.printf("%s: %d attacks with -Dkretsim.attack.seed=%d%n", kind, count, SEED);
    Workplace place = new Workplace(folder);
    List<String> complaints = new ArrayList<>();
    for (int i = 0; i < count && complaints.size() < MOST_COMPLAINTS; i++) {
      SplittableRandom random = new SplittableRandom(SEED * 1_000_003 + i);
      Attack attack = maker.make(random, place);
      String complaint = attack.complaint(place);
      if (complaint != null) {
        complaints.add("%n#%d %s%n  %s".formatted(i, attack, complaint));
      }
    }
    assertThat(complaints).as("%s, seed %d", kind, SEED).isEmpty();
  }

  @Test
  void optionsWithHostileValues() throws IOException {
    attack("options", 900, this::options);
  }

  @Test
  void damagedScenarios() throws IOException {
    attack("scenarios", 1200, AttackTest::scenario);
  }

  @Test
  void damagedRecordings() throws IOException {
    attack("recordings", 600, AttackTest::recording);
  }

  @Test
  void damagedInputs() throws IOException {
    attack("inputs", 600, AttackTest::input);
  }

  @Test
  @Tag("soak")
  void allOfThemForLonger() throws IOException {
    attack("options", 10_000, this::options);
    attack("scenarios", 20_000, AttackTest::scenario);
    attack("recordings", 10_000, AttackTest::recording);
    attack("inputs", 10_000, AttackTest::input);
  }

  private Attack options(SplittableRandom random, Workplace place) {
    Hostile hostile =
        new Hostile(random, FILES.stream().map(name -> place.path(name).toString()).toList());
    List<String> words = new ArrayList<>(Arrays.asList(hostile.one(GOOD).split(" ", -1)));
    String command =
        words.get(0).equals("events") ? words.get(0) + " " + words.get(1) : words.get(0);
    Set<String> outputs = Set.of("new.calls", "out1", "out2");
    words.replaceAll(
        word ->
            FILES.contains(word) || outputs.contains(word) ? place.path(word).toString() : word);
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      List<CommandOption> all = options.computeIfAbsent(command, CommandOption::of);
      CommandOption option = hostile.one(all);
      int at = words.indexOf(option.name());
      String top = place.path("").toString();
      if (option.isOutput()) {
        String file =
            hostile.one(List.of("out1", "out2", "folder", "none/x", "/dev/null", "/dev/full"));
        String path = file.startsWith("/") ? file : place.path(file).toString();
        // An input that is named as the output too stays what it is.
        String input = words.stream().filter(word -> word.startsWith(top)).findFirst().orElse(path);
        put(words, at, option.name(), random.nextInt(4) == 0 && at < 0 ? input : path);
      } else if (option.takesValue()) {
        put(words, at, option.name(), hostile.fitting(option.name()));
      } else if (at < 0) {
        words.add(option.name());
      }
    }
    int other = random.nextInt(words.size());
    if (random.nextInt(6) == 0 && !(other > 0 && OUTPUTS.contains(words.get(other - 1)))) {
      words.set(other, hostile.any());
    }
    if (words.contains("real") && !words.contains("--calls")) {
      words.addAll(List.of("--calls", "3"));
    }
    return new Attack(words, outputs);
  }

  private static void put(List<String> words, int at, String name, String value) {
    if (at >= 0 && at + 1 < words.size()) {
      words.set(at + 1, value);
    } else {
      words.addAll(List.of(name, value));
    }
  }

  private static Attack scenario(SplittableRandom random, Workplace place) throws IOException {
    Hostile hostile = new Hostile(random, List.of(place.path("holds.txt").toString()));
    List<String> lines = new ArrayList<>(Workplace.SCENARIO.lines().toList());
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int at = random.nextInt(lines.size());
      String line = lines.get(at);
      int colon = line.indexOf(": ");
      switch (random.nextInt(8)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(random.nextInt(lines.size()), line);
        case 2 -> lines.set(at, " ".repeat(random.nextInt(4)) + line);
        case 3 -> lines.set(at, flipped(line, random));
        case 4 -> lines.set(at, line.replaceFirst("[a-z_]+:", hostile.one(KEYS) + ":"));
        default -> {
          if (colon > 0) {
            lines.set(at, line.substring(0, colon + 2) + value(hostile, random));
          }
        }
      }
    }
    byte[] bytes = Workplace.bytes(String.join("\n", lines) + "\n");
    place.write("scenario.yaml", bytes);
    String file = place.path("scenario.yaml").toString();
    return Attack.of(
        random.nextInt(4) == 0 ? List.of("explain", file) : List.of("run", file, "--out", "json"));
  }

  private static final List<String> KEYS =
      List.of(
          "cpus",
          "seed",
          "functions",
          "probes",
          "load",
          "events",
          "name",
          "body",
          "tasks",
          "calls",
          "duration",
          "think",
          "at",
          "do",
          "kprobe",
          "kretprobe",
          "maxactive",
          "<<",
          "offset",
          "? a");

  private static String value(Hostile hostile, SplittableRandom random) {
    return switch (random.nextInt(7)) {
      case 0 -> hostile.number();
      case 1 -> hostile.time();
      case 2 -> hostile.law();
      case 3 -> "[spin " + hostile.time() + ", sleep " + hostile.law() + "]";
      case 4 -> "decline every " + hostile.number();
      case 5 ->
          hostile.one(
              List.of(
                  "outer",
                  "inner",
                  "call outer",
                  "call inner",
                  "[call outer]",
                  "kill-task reader",
                  "unregister outer",
                  "unregister inner",
                  "accept",
                  "&a [*a]",
                  "*a",
                  "!!int 3",
                  "!x y",
                  "|",
                  "{a: b}",
                  "[[]]",
                  "~",
                  "kthread",
                  "reader",
                  "real",
                  "5.10",
                  "arm64"));
      default -> hostile.any();
    };
  }

  private static String flipped(String line, SplittableRandom random) {
    if (line.isEmpty()) {
      return "\t";
    }
    int at = random.nextInt(line.length());
    char odd = ":{}[],&*!|>'\"%@`#-?\t \u0000\u00e9\u2028x0".charAt(random.nextInt(26));
    return line.substring(0, at) + odd + line.substring(at + random.nextInt(2));
  }

  private static Attack recording(SplittableRandom random, Workplace place) throws IOException {
    Hostile hostile = new Hostile(random, List.of("x"));
    String json =
        new String(
            AttackTest.class
                .getResourceAsStream("/oracle/cases/" + hostile.one(CASES) + ".json")
                .readAllBytes(),
            StandardCharsets.UTF_8);
    for (int n = 1 + random.nextInt(2); n > 0; n--) {
      if (random.nextInt(4) == 0) {
        json = flipped(json, random);
        continue;
      }
      // A value somewhere becomes another one.
      int colon = json.indexOf(':', random.nextInt(json.length()));
      int end = colon < 0 ? -1 : json.indexOf(',', colon);
      if (end > 0) {
        String value =
            hostile.one(
                List.of(
                    "-1",
                    "0",
                    "2000000000",
                    "1e300",
                    "null",
                    "true",
                    "\"x\"",
                    "[]",
                    "{}",
                    "[-1]",
                    "9223372036854775807",
                    "[[1]]",
                    "\"" + "y".repeat(300) + "\"",
                    "\"f\""));
        json = json.substring(0, colon + 1) + value + json.substring(end);
      }
    }
    return Attack.of(List.of("conform", place.write("case.json", json).toString()));
  }

  private static final List<String> CASES =
      List.of(
          "exhaust_n10_m16",
          "disable_enable_inflight",
          "eh_every_3",
          "data_size_8",
          "eh_comm_filter",
          "disable_twice_enable_twice");

  private static Attack input(SplittableRandom random, Workplace place) throws IOException {
    Hostile hostile = new Hostile(random, List.of("x"));
    String name =
        hostile.one(
            List.of(
                "calls.csv",
                "events.txt",
                "graph.txt",
                "graph.txt.gz",
                "before.prof",
                "hist.txt",
                "holds.txt",
                "lines.txt",
                "scenario.yaml"));
    byte[] bytes = place.original(name);
    byte[] damaged =
        random.nextBoolean() && !name.endsWith(".gz")
            ? new TraceMutator(random.nextLong())
                .mutated(new String(bytes, StandardCharsets.UTF_8), 200, 3)
            : cutOrFlipped(bytes, random);
    String file = place.write(name, damaged).toString();
    return Attack.of(
        switch (name) {
          case "before.prof" ->
              List.of("plan", file, place.path("after.prof").toString(), "--maxactive", "4");
          case "hist.txt" -> List.of("plan", file, "--rate", "20000/s", "--calls", "2000");
          case "holds.txt" ->
              List.of(
                  "plan",
                  "--rate",
                  "1000/s",
                  "--hold",
                  "empirical(" + file + ")",
                  "--calls",
                  "2000");
          case "lines.txt" -> List.of("events", "check", file);
          case "scenario.yaml" -> List.of("run", file);
          default -> List.of("plan", file, "--out", random.nextBoolean() ? "json" : "csv");
        });
  }

  private static byte[] cutOrFlipped(byte[] bytes, SplittableRandom random) {
    byte[] changed =
        random.nextInt(3) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
    for (int n = random.nextInt(4); n > 0 && changed.length > 0; n--) {
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return changed;
  }
}
