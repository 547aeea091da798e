package dev.kretsim.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.Readme;
import dev.kretsim.cli.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher starts the jar that it lies beside, with classes laid ready, and adds no word. */
class LauncherTest {
  private static final Path SCRIPT = Readme.top().resolve("src/main/launcher/kretsim");

  @TempDir private Path folder;

  private Path home;

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void aJarOfOneClassAndTheLauncher() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    Started.jar(home.resolve("kretsim.jar"));
    String script = Files.readString(SCRIPT, StandardCharsets.UTF_8);
    String main = "\nmain=" + Main.class.getName() + "\n";
    assertThat(script).contains(main);
    Path launcher =
        Files.writeString(
            home.resolve("kretsim"),
            script.replace(main, "\nmain=" + Started.class.getName() + "\n"));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Ended run(List<String> line) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    int code = builder.start().waitFor();
    return new Ended(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private Ended start(Path launcher, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(launcher.toString()));
    line.addAll(List.of(arguments));
    return run(line);
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files.filter(file -> file.toString().endsWith(".jsa")).sorted().toList();
    }
  }

  /** Whether Java takes the jar's class from the archive, by its own account. */
  private boolean taken(Path archive) throws Exception {
    String account =
        run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:SharedArchiveFile=" + archive,
                "-Xlog:class+load",
                "-cp",
                home.toRealPath().resolve("kretsim.jar").toString(),
                Started.class.getName()))
            .out();
    String line =
        account
            .lines()
            .filter(text -> text.contains(Started.class.getName() + " source:"))
            .findFirst()
            .orElseThrow();
    return line.contains("shared objects file");
  }

  @Test
  void argumentsAndExitCodeAreHandedOnAndNothingIsAdded() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), home.resolve("kretsim"));
    for (int start = 1; start <= 2; start++) {
      Ended ended = start(link, "a b", "*", "", "--x=$y");
      assertThat(ended.out()).startsWith("[a b][*][][--x=$y]\n");
      assertThat(ended.err()).isEmpty();
      assertThat(ended.code()).isEqualTo(Started.CODE);
    }
  }

  @Test
  void theFirstStartLaysClassesReadyAndTheNextTakesThem() throws Exception {
    Ended first = start(home.resolve("kretsim"), "--help");
    assertThat(archives()).hasSize(1);
    Path archive = archives().get(0).toRealPath();
    Object made = Files.getLastModifiedTime(archive);
    assertThat(first.out()).contains("-XX:SharedArchiveFile=" + archive + "\n");
    assertThat(start(home.resolve("kretsim"), "--help")).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(archive)).isEqualTo(made);
    assertThat(taken(archive)).isTrue();
  }

  @Test
  void anotherJarTakesNothingFromTheOldArchive() throws Exception {
    start(home.resolve("kretsim"), "--help");
    Path old = archives().get(0);
    Path jar = home.resolve("kretsim.jar");
    Path kept = Files.copy(old, folder.resolve("kept.jsa"));
    Files.setLastModifiedTime(
        jar, FileTime.from(Files.getLastModifiedTime(old).toInstant().plusSeconds(90)));
    assertThat(taken(kept)).isFalse();
    Ended next = start(home.resolve("kretsim"), "--help");
    assertThat(next.err()).isEmpty();
    assertThat(archives()).hasSize(1).doesNotContain(old);
    assertThat(taken(archives().get(0))).isTrue();
    // Two jars of one size within a minute have archives of one name: Java tells them apart.
    Files.copy(kept, archives().get(0), StandardCopyOption.REPLACE_EXISTING);
    assertThat(start(home.resolve("kretsim"), "--help")).isEqualTo(next);
  }

  /** As one of another Java is, or one that was cut off. */
  @Test
  void anArchiveThatIsNoneIsPassedOver() throws Exception {
    Ended first = start(home.resolve("kretsim"), "--help");
    Path archive = archives().get(0);
    byte[] whole = Files.readAllBytes(archive);
    Files.delete(archive);
    for (byte[] bytes : new byte[][] {new byte[100_000], Arrays.copyOf(whole, whole.length / 2)}) {
      Files.write(archive, bytes);
      assertThat(start(home.resolve("kretsim"), "--help")).isEqualTo(first);
    }
  }

  @Test
  void withoutJavaOneLineSaysWhatIsMissing() throws Exception {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : new String[] {"dirname", "readlink"}) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
    }
    List<String> line =
        List.of("/usr/bin/env", "-i", "PATH=" + tools, "/bin/sh", home.resolve("kretsim") + "");
    Ended ended = run(line);
    assertThat(ended)
        .isEqualTo(
            new Ended(3, "", "kretsim: no Java is found: install 17 or newer, or set JAVA_HOME\n"));
  }

  /** Root may write anywhere, so a folder that is a file stands for one that cannot be made. */
  @Test
  void whereNothingCanBeKeptItStartsAllTheSame() throws Exception {
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      Path cache = Files.createFile(folder.resolve("cache"));
      List<String> line =
          List.of(
              "/usr/bin/env", "XDG_CACHE_HOME=" + cache, home.resolve("kretsim") + "", "--help");
      for (int start = 1; start <= 2; start++) {
        Ended ended = run(line);
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).startsWith("[--help]\n");
        assertThat(ended.code()).isEqualTo(Started.CODE);
      }
    } finally {
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void whatMayTakeLongIsCompiledWell() throws Exception {
    String quick = "-XX:TieredStopAtLevel=1\n";
    Path launcher = home.resolve("kretsim");
    assertThat(start(launcher, "--help").out()).contains(quick);
    assertThat(start(launcher, "plan", "sample:nanosleep-bursts").out()).contains(quick);
    assertThat(start(launcher, "plan", SCRIPT.toString()).out()).doesNotContain(quick);
    assertThat(start(launcher, "plan", "-").out()).doesNotContain(quick);
    assertThat(start(launcher, "plan", "--rate", "1/s", "--calls", "9").out())
        .doesNotContain(quick);
    assertThat(start(launcher, "run").out()).doesNotContain(quick);
  }

  @Test
  void whoReadsTracesCollectsWithOneThreadUnlessTheUserHasChosen() throws Exception {
    String serial = "-XX:+UseSerialGC\n";
    String launcher = home.resolve("kretsim").toString();
    for (String[] line : new String[][] {{"plan", SCRIPT.toString()}, {"plan", "-"}, {"fleet"}}) {
      List<String> words = new ArrayList<>(List.of(launcher));
      words.addAll(List.of(line));
      assertThat(run(words).out()).contains(serial);
      for (String variable : new String[] {"JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"}) {
        List<String> other =
            new ArrayList<>(List.of("/usr/bin/env", variable + "=-XX:+UseParallelGC"));
        other.addAll(words);
        Ended ended = run(other);
        assertThat(ended.code()).isEqualTo(Started.CODE);
        assertThat(ended.out()).doesNotContain(serial);
      }
    }
    assertThat(start(home.resolve("kretsim"), "run").out()).doesNotContain(serial);
  }
}
