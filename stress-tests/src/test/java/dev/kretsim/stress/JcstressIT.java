package dev.kretsim.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.planted.Jcstress;
import dev.kretsim.planted.PlantedBugs;
import dev.kretsim.planted.Suspect;
import dev.kretsim.plugin.ForeignJar;
import dev.kretsim.stress.twins.TwinsIndex;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ships passes the races, briefly run; and each broken twin fails them. */
class JcstressIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final File JAR = TARGET.resolve("jcstress.jar").toFile();
  private static final List<String> PROGRAM = List.of("-jar", JAR.getPath());
  private static final String TWINS = "dev.kretsim.stress.twins.";

  /** What races a design by its name: the designs that ship have tests of their own. */
  private static final String ANY_DESIGN = "dev.kretsim.stress.pool.DesignStress.";

  /**
   * A machine that is busy with something else interleaves little: a twin may need more than its
   * two processes. Nearly all are caught by them. The two that show least often were caught by 5
   * and by 3 of 16 processes on a machine with twice as much to do as it has processors: 50 miss
   * them less than once in ten thousand times.
   */
  private static final int MORE_RUNS = 6;

  /** So many times the processes: it takes seconds to begin a run. */
  private static final List<String> MORE_PROCESSES = List.of("-f", "4");

  /** Many times what a run takes; a pool that hangs must fail the build and not stop it. */
  private static final long MINUTES_TO_HANG = 20;

  private record Run(int code, String output, Set<String> tests) {}

  @Test
  void whatShipsShowsNothingForbidden() throws Exception {
    Set<String> shipped =
        tests().stream()
            .filter(test -> !test.startsWith(TWINS) && !test.startsWith(ANY_DESIGN))
            .collect(Collectors.toSet());
    assertThat(shipped).hasSizeGreaterThanOrEqualTo(50);
    Run run =
        jcstress(
            "shipped",
            PROGRAM,
            "dev\\.kretsim\\.stress\\.(pool\\.(?!Design)|lock|probe)",
            List.of());
    assertThat(run.output()).contains("Failed tests: No matches", "Error tests: No matches");
    assertThat(run.code()).as(run.output()).isZero();
    assertThat(run.tests()).isEqualTo(shipped);
  }

  @Test
  void everyBrokenTwinIsCaught() throws Exception {
    Set<String> twins =
        tests().stream().filter(test -> test.startsWith(TWINS)).collect(Collectors.toSet());
    assertThat(twins).hasSizeGreaterThanOrEqualTo(30);
    assertThat(twins)
        .containsAll(
            TwinsIndex.testsByPlantedBug().values().stream().flatMap(List::stream).toList());
    assertThat(PlantedBugs.all())
        .extracting(Suspect::name)
        .containsAll(TwinsIndex.testsByPlantedBug().keySet());
    Set<String> escaped = new TreeSet<>(twins);
    for (int again = 0; again <= MORE_RUNS && !escaped.isEmpty(); again++) {
      Run run =
          jcstress(
              "twins",
              PROGRAM,
              "(" + String.join("|", escaped) + ")$",
              again == 0 ? List.of() : MORE_PROCESSES);
      Set<String> caught = failedIn(run);
      assertThat(run.code() != 0).as("a run with failures says so").isEqualTo(!caught.isEmpty());
      escaped.removeAll(caught);
    }
    assertThat(escaped).as("broken twins that were not caught").isEmpty();
  }

  @Test
  void aDesignInAJarOfSomebodyElseIsRaced(@TempDir Path folder) throws Exception {
    Run run = foreign(ForeignJar.shown(folder), "foreign", List.of());
    assertThat(run.output()).contains("Failed tests: No matches", "Error tests: No matches");
    assertThat(run.code()).as(run.output()).isZero();
    assertThat(run.tests()).hasSize(4);
  }

  @Test
  void aWrongDesignInAJarOfSomebodyElseIsCaught(@TempDir Path folder) throws Exception {
    ForeignJar jar = ForeignJar.wrong(folder);
    for (int again = 0; again <= MORE_RUNS; again++) {
      List<String> more = again == 0 ? List.of() : MORE_PROCESSES;
      if (foreign(jar, "foreign-wrong", more).output().contains("[FAILED] " + ANY_DESIGN)) {
        return;
      }
    }
    throw new AssertionError("not caught in " + (1 + MORE_RUNS) + " runs");
  }

  private static Run foreign(ForeignJar jar, String name, List<String> more) throws Exception {
    Path built = jar.build(JAR.getPath(), false);
    List<String> chosen = new ArrayList<>(List.of("-jvmArgs", "-Dkretsim.pool=array-stack"));
    chosen.addAll(more);
    return jcstress(
        name,
        List.of("-cp", JAR + File.pathSeparator + built, "org.openjdk.jcstress.Main"),
        ANY_DESIGN.replace(".", "\\."),
        chosen);
  }

  private static Set<String> failedIn(Run run) {
    return Pattern.compile("\\[FAILED] (" + Pattern.quote(TWINS) + "[\\w.]+)")
        .matcher(run.output())
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toSet());
  }

  /** All tests that the jar holds. */
  private static Set<String> tests() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      String list =
          new String(
              jar.getInputStream(jar.getEntry("META-INF/TestList")).readAllBytes(),
              StandardCharsets.UTF_8);
      // Each entry begins with the length of the test's name, and the name.
      return Pattern.compile("JCTEST(\\d+)S")
          .matcher(list)
          .results()
          .map(entry -> list.substring(entry.end(), entry.end() + Integer.parseInt(entry.group(1))))
          .collect(Collectors.toSet());
    }
  }

  private static Run jcstress(String name, List<String> program, String tests, List<String> more)
      throws Exception {
    Path folder = Files.createDirectories(TARGET.resolve("jcstress-" + name));
    for (File old : folder.toFile().listFiles()) {
      Files.delete(old.toPath());
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(program);
    command.addAll(List.of("-r", folder.toString()));
    command.addAll(Jcstress.HOW_LONG);
    command.addAll(more);
    command.addAll(List.of("-t", tests));
    Path log = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(MINUTES_TO_HANG, TimeUnit.MINUTES);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(ended).as("ended: " + Files.readString(log)).isTrue();
    Set<String> reported =
        Pattern.compile("dev\\.kretsim\\.stress\\.[\\w.]+(?=\\.html)")
            .matcher(String.join(" ", folder.toFile().list()))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    return new Run(process.exitValue(), Files.readString(log), reported);
  }
}
