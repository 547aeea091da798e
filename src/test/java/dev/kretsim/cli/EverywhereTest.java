package dev.kretsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
          "plan sample:nanosleep-bursts",
          "plan sample:nanosleep-bursts --out json",
          "plan sample:mixed-events --out csv",
          "plan sample:mixed-events --out markdown",
          "plan --rate 12000/s --hold fixed(100us) --calls 20000 --out json",
          "run --calls 20",
          "run --calls 20 --out json",
          "run --cpus 9999",
          "explain",
          "explain --out json",
          "scale --threads 1,2 --pool hlist --out json");

  @TempDir private Path folder;

  @Test
  void localeTimeZoneAndCoresChangeNothing() throws Exception {
    String first = output(0);
    assertThat(first).contains("== 0").contains("== 2").contains("kretsim.plan/1");
    for (int i = 1; i < LOCALES.size(); i++) {
      assertThat(output(i)).as(LOCALES.get(i)).isEqualTo(first);
    }
  }

  private String output(int number) throws IOException, InterruptedException {
    String[] locale = LOCALES.get(number).split("-", -1);
    List<String> options =
        List.of(
            "-Duser.language=" + locale[0],
            "-Duser.country=" + locale[1],
            "-Duser.timezone=" + ZONES.get(number % ZONES.size()),
            "-XX:ActiveProcessorCount=" + (1 + number % 2),
            "-XX:TieredStopAtLevel=1");
    List<String> command = OwnProcess.java(options, EveryCommand.class);
    command.addAll(COMMANDS);
    Path out = folder.resolve("out" + number);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(process.waitFor()).isZero();
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
