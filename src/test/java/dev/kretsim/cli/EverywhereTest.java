package dev.kretsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever a command runs, it prints the same bytes. */
class EverywhereTest {
  private static final List<String> LOCALES =
      List.of("en-US", "ar-EG", "tr-TR", "de-DE", "hi-IN", "fa-IR");
  private static final List<String> ZONES = List.of("UTC", "Asia/Kathmandu", "America/New_York");

  private static final List<String> COMMANDS =
      List.of(
          "--help",
          "plan --help",
          "plan sample:nanosleep-bursts",
          "plan sample:nanosleep-bursts --explain --maxactive 3 --growth 2x",
          "plan sample:nanosleep-bursts --out json",
          "plan sample:nanosleep-bursts --out csv",
          "plan sample:nanosleep-bursts --out markdown",
          "plan sample:nanosleep-bursts --out github --maxactive 1 --fail-above 1e-3",
          "plan sample:nanosleep-bursts --out junit --maxactive 1 --fail-above 1e-3",
          "plan --rate 12000/s --hold exponential(mean=100us) --calls 2000 --out json",
          "plan --threads 20 --think fixed(3ms) --hold lognormal(p50=80us,p99=4ms) --calls 2000",
          "plan FOLDER/calls.csv --html FOLDER/h --svg FOLDER/s",
          "import FOLDER/calls.csv --force --out FOLDER/c",
          "fleet FOLDER/calls.csv",
          "fleet FOLDER/calls.csv --out json",
          "fleet FOLDER/calls.csv --out markdown",
          "fleet FOLDER/calls.csv --out csv --html FOLDER/f",
          "record vfs_read --seconds 1000 --rate 12345/s",
          "record vfs_read --with bpftrace",
          "run --calls 20 --perfetto FOLDER/p",
          "run --calls 20 --out json",
          "run --cpus 9999",
          "run --schema",
          "explain",
          "explain --out json",
          "explain --out html",
          "conform FOLDER/case.json --out json",
          "events run",
          "events check FOLDER/lines.txt",
          "events check FOLDER/lines.txt --out json",
          "events profile FOLDER/scenario.yaml",
          "scale --threads 1,2 --pool hlist",
          "scale --threads 1,2 --pool hlist --out csv",
          "scale --threads 1,2 --pool hlist --out json --html FOLDER/m",
          "scale validate --published FOLDER/published.json --series krp.8336C.flock.objpool --out json",
          "plan FOLDER/none");

  private static final List<String> WRITTEN = List.of("h", "s", "c", "p", "f", "m");

  @TempDir private Path folder;

  @Test
  void localeTimeZoneAndCoresChangeNothing() throws Exception {
    writeInputs();
    List<String> outputs = new ArrayList<>();
    // In each process other parts of the library meet the locale that it begins with.
    Process one = start("ar-EG", 1);
    Process two = start("tr-TR", 2);
    outputs.addAll(outputs(one, 1));
    outputs.addAll(outputs(two, 2));
    assertThat(outputs).hasSize(LOCALES.size() * ZONES.size());
    String first = body(outputs.get(0));
    assertThat(first).contains("== 0", "== 1", "== 2", "kretsim.plan/1", "kretsim.fleet/1");
    assertThat(first.lines().filter(line -> line.equals("== 2"))).hasSize(2);
    assertThat(first.lines().filter(line -> line.matches("== (3|70)"))).isEmpty();
    for (String output : outputs) {
      assertThat(body(output)).as(output.lines().findFirst().orElse("")).isEqualTo(first);
    }
    for (String name : WRITTEN) {
      assertThat(folder.resolve(name + 2)).hasSameBinaryContentAs(folder.resolve(name + 1));
    }
  }

  private void writeInputs() throws IOException {
    StringBuilder calls = new StringBuilder("entry_ns,exit_ns,task,function\n");
    for (int i = 0; i < 300; i++) {
      calls.append(i * 1000).append(',').append(i * 1000 + 4500).append(",t,\u0130i\n");
    }
    Files.writeString(folder.resolve("calls.csv"), calls);
    Files.writeString(folder.resolve("lines.txt"), "p:a vfs_read\nr4:b vfs_read\nr1a f\n");
    Files.writeString(
        folder.resolve("scenario.yaml"),
        "functions: [{name: f, body: [spin 1ns]}]\nprobes: [{kretprobe: f}]\n"
            + "load: [{call: f, calls: 1000}]\n");
    try (var published = getClass().getResourceAsStream("/scale/published.json")) {
      assertThat(published).isNotNull();
      Files.write(folder.resolve("published.json"), published.readAllBytes());
    }
    try (var recording = getClass().getResourceAsStream("/oracle/cases/eh_every_3.json")) {
      assertThat(recording).isNotNull();
      Files.write(folder.resolve("case.json"), recording.readAllBytes());
    }
  }

  private static String body(String output) {
    // What is written has another name for each process.
    return output.substring(output.indexOf('\n') + 1).replaceAll("/([hscpfm])[12]\\b", "/$1");
  }

  /**
   * Each locale in each time zone, in one of the two processes: a half of them, in which every
   * locale and every zone is. The locale that the process begins with comes first.
   */
  private static List<String> places(String locale, int cores) {
    List<String> places = new ArrayList<>();
    for (int i = 0; i < LOCALES.size(); i++) {
      int at = (LOCALES.indexOf(locale) + i) % LOCALES.size();
      for (int zone = 0; zone < ZONES.size(); zone++) {
        if ((at + zone + cores) % 2 == 0) {
          places.add(LOCALES.get(at) + " " + ZONES.get(zone));
        }
      }
    }
    return places;
  }

  private Process start(String locale, int cores) throws IOException {
    String[] parts = locale.split("-", -1);
    List<String> options =
        List.of(
            "-Duser.language=" + parts[0],
            "-Duser.country=" + parts[1],
            "-Duser.timezone=" + ZONES.get(cores),
            "-XX:ActiveProcessorCount=" + cores,
            "-Dfile.encoding=UTF-8",
            "-XX:TieredStopAtLevel=1");
    List<String> command = OwnProcess.java(options, EveryCommand.class);
    command.add(String.join(",", places(locale, cores)));
    for (String line : COMMANDS) {
      command.add(
          line.replaceAll("(FOLDER/[hscpfm])\\b", "$1" + cores)
              .replace("FOLDER", folder.toString()));
    }
    Path out = folder.resolve("out" + cores);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
  }

  private List<String> outputs(Process process, int cores)
      throws IOException, InterruptedException {
    assertThat(process.waitFor()).isZero();
    Path out = folder.resolve("out" + cores);
    return Arrays.stream(
            Files.readString(out, StandardCharsets.UTF_8).split(EveryCommand.PLACE, -1))
        .skip(1)
        .toList();
  }
}
