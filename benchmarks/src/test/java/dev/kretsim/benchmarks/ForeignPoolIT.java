package dev.kretsim.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.plugin.ForeignJar;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pool in a jar of somebody else's is measured as the others are, and names are checked first.
 */
class ForeignPoolIT {
  private static final String JAR = Path.of("target", "benchmarks.jar").toString();

  private record Run(int code, String output) {}

  private static Run run(String classpath, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Djmh.ignoreLock=true", "-cp", classpath));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  @Test
  void itsHitsAreCountedBesideOurs(@TempDir Path folder) throws Exception {
    String jar = ForeignJar.shown(folder).build(JAR, false).toString();
    Run run =
        run(
            JAR,
            "dev.kretsim.benchmarks.Runner",
            "--quick",
            "--groups",
            "pool-1",
            "--classpath",
            jar,
            "--designs",
            "array-stack");
    assertThat(run.code()).as(run.output()).isZero();
    assertThat(run.output()).containsPattern("array-stack +\\d");
  }

  @Test
  void jmhAloneTakesItToo(@TempDir Path folder) throws Exception {
    String jar = ForeignJar.shown(folder).build(JAR, false).toString();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "org.openjdk.jmh.Main",
                "PoolBenchmark.popAndPush",
                "-p",
                "design=array-stack,hlist",
                "-p",
                "capacity=16",
                "-p",
                "holdTokens=0",
                "-f",
                "1"));
    arguments.addAll(BenchmarksIT.SHORT);
    Run run = run(JAR + File.pathSeparator + jar, arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.output()).isZero();
  }

  @Test
  void aNameThatNobodyHasIsRefusedInOneLineWithThoseThereAre() throws Exception {
    Run run = run(JAR, "dev.kretsim.benchmarks.Runner", "--designs", "nope");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.output())
        .startsWith("kretsim: --designs: no design is called nope; expected some of");
    assertThat(run.output()).doesNotContain("Exception");
  }
}
