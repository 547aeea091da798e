package dev.kretsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A command that is killed at any moment leaves its inputs as they were and its output whole or
 * absent; what else it leaves goes with the next run, and nothing is left at all where it could
 * still do something about it.
 */
class KillTest {
  private static final long SEED =
      Long.getLong("kretsim.attack.seed", System.currentTimeMillis() / 1000);

  private static final int CALLS = 200_000;

  private static final int HOSTS = 8;

  /** How a machine's description ends, whose numbers are others each time. */
  private static final Pattern MEASURED = Pattern.compile("\\njitter: \\{.*}\\n$");

  /** Longer than a command takes here, so that some are killed and some are not. */
  private static final int MOST_MS = 1000;

  @TempDir private Path folder;

  @Test
  void killedAFewTimes() throws Exception {
    kill(14);
  }

  @Test
  @Tag("soak")
  void killedManyTimes() throws Exception {
    kill(500);
  }

  private void kill(int times) throws Exception {
    System.out.printf("kill: %d times with -Dkretsim.attack.seed=%d%n", times, SEED);
    SplittableRandom random = new SplittableRandom(SEED);
    Path trace = folder.resolve("calls.csv");
    StringBuilder calls = new StringBuilder("entry_ns,exit_ns,task,function\n");
    for (int i = 0; i < CALLS; i++) {
      calls.append("%d,%d,t%d,f%d\n".formatted(i * 10, i * 10 + 55, i % 7, i % 3));
    }
    Files.writeString(trace, calls);
    Path scenario = Files.writeString(folder.resolve("s.yaml"), SCENARIO);
    Path hosts = Files.createDirectory(folder.resolve("hosts"));
    String some = calls.substring(0, calls.indexOf("\n", calls.length() / 20) + 1);
    for (int host = 0; host < HOSTS; host++) {
      Files.writeString(hosts.resolve(host + ".csv"), some);
    }
    List<List<Object>> commands =
        List.of(
            List.of("import", trace, "--force", "--out"),
            List.of("plan", trace, "--html"),
            List.of("plan", trace, "--function", "f1", "--svg"),
            List.of("run", scenario, "--perfetto"),
            List.of("explain", scenario, "--perfetto"),
            List.of("fleet", hosts, "--html"),
            List.of("fleet", hosts, "--cache"),
            List.of("scale", "--threads", "1,2", "--pool", "hlist", "--html"),
            List.of("scale", "measure", "--accesses", "9000", "--output"));
    Map<String, String> inputs = contents(folder);
    List<Map<String, String>> whole = new ArrayList<>();
    for (List<Object> command : commands) {
      Path out = folder.resolve("whole" + whole.size());
      assertThat(start(command, out).waitFor()).as("%s", command).isZero();
      whole.add(contents(out));
      assertThat(whole.get(whole.size() - 1)).as("%s", command).isNotEmpty();
      remove(out);
    }
    for (int i = 0; i < times; i++) {
      int which = random.nextInt(commands.size());
      Path out = folder.resolve("out" + which);
      Process process = start(commands.get(which), out);
      boolean politely = random.nextBoolean();
      if (!process.waitFor(random.nextInt(MOST_MS), TimeUnit.MILLISECONDS)) {
        if (politely) {
          process.destroy();
        } else {
          process.destroyForcibly();
        }
        process.waitFor();
      }
      assertThat(contents(out)).as("%s", commands.get(which)).satisfies(whole(whole.get(which)));
      if (politely) {
        assertThat(temporaries(process.pid())).isZero();
      }
      remove(out);
      assertThat(contents(folder)).isEqualTo(inputs);
    }
    assertThat(start(commands.get(0), folder.resolve("last")).waitFor()).isZero();
    assertThat(temporaries(0)).isZero();
  }

  /** Every file there is as it was, or ends as it did where it measures something anew. */
  private static Consumer<Map<String, String>> whole(Map<String, String> before) {
    return after ->
        after.forEach(
            (file, content) -> {
              String expected = before.get(file);
              if (MEASURED.matcher(String.valueOf(expected)).find()) {
                assertThat(MEASURED.matcher(content).find()).as(file).isTrue();
              } else {
                assertThat(content.equals(expected)).as(file).isTrue();
              }
            });
  }

  /** What a file holds, or the files of a folder, but for those that are being written. */
  private static Map<String, String> contents(Path top) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    if (Files.exists(top)) {
      try (Stream<Path> files = Files.walk(top)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          if (!file.getFileName().toString().startsWith(".kretsim-")) {
            String name = top.relativize(file).toString();
            contents.put(name, Files.readString(file, StandardCharsets.ISO_8859_1));
          }
        }
      }
    }
    return contents;
  }

  private static void remove(Path out) throws IOException {
    if (!Files.exists(out)) {
      return;
    }
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** How many temporary files there are: of that process, or of any. */
  private long temporaries(long pid) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      String prefix = ".kretsim-" + (pid == 0 ? "" : pid + "-");
      return files.filter(file -> file.getFileName().toString().startsWith(prefix)).count();
    }
  }

  private static final String SCENARIO =
      """
      functions:
        - {name: f, body: [spin 1us, sleep 50us]}
      probes: [{kretprobe: f, maxactive: 2}]
      load: [{tasks: 5, call: f, calls: 10000}]
      """;

  private static Process start(List<Object> command, Path out) throws IOException {
    List<String> line = OwnProcess.java(List.of("-XX:TieredStopAtLevel=1"), Main.class);
    command.forEach(word -> line.add(word.toString()));
    line.add(out.toString());
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
