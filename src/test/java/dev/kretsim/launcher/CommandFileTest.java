package dev.kretsim.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.Readme;
import dev.kretsim.cli.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher for Windows, as far as can be seen without one. */
class CommandFileTest {
  private static final String START = "\"%java%\" ";

  @TempDir private Path folder;

  private static String text(String name) throws IOException {
    return Files.readString(
        Readme.top().resolve("src/main/launcher").resolve(name), StandardCharsets.US_ASCII);
  }

  private static List<String> lines() throws IOException {
    return text("kretsim.cmd").lines().toList();
  }

  private static String start() throws IOException {
    return lines().stream().filter(line -> line.startsWith(START)).findFirst().orElseThrow();
  }

  @Test
  void everyLineEndsAsThereAndNoneIsOutsideAscii() throws IOException {
    String text = text("kretsim.cmd");
    assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
    assertThat(text).endsWith("\r\n");
  }

  @Test
  void whatMayHoldBlanksIsQuoted() throws IOException {
    for (String line : lines()) {
      for (String part : line.split("\"[^\"]*\"", -1)) {
        assertThat(part).as(line).doesNotContain("%~dp0", "%java%", "%jar%", "%JAVA_HOME%");
        assertThat(part).as(line).doesNotContain("%LOCALAPPDATA%");
      }
    }
  }

  /** What only one of them has: how classes are laid ready, which Java 19 and later do alone. */
  @Test
  void javaIsStartedLikeOnTheOthers() throws IOException {
    String posix = text("kretsim");
    String exec = posix.substring(posix.indexOf("\nexec "));
    List<String> fixed =
        Arrays.stream(exec.split("\\s+")).filter(word -> word.startsWith("-X")).toList();
    assertThat(fixed).hasSizeGreaterThan(2).contains("-Xshare:auto", "-Xlog:disable");
    assertThat(start()).contains(fixed).contains(" -cp \"%jar%\" " + Main.class.getName() + " %*");
    assertThat(posix)
        .contains("\nmain=" + Main.class.getName() + "\n", "set -- -cp \"$jar\" $main \"$@\"");
  }

  /** Java itself takes what the line says, the first time and with what that left behind. */
  @Test
  void javaUnderstandsTheLineAndAddsNoWord() throws Exception {
    Path jar = folder.resolve("a jar.jar");
    Started.jar(jar);
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String word : start().substring(START.length()).split(" ")) {
      words.add(
          word.replace("\"", "")
              .replace("%jar%", jar.toString())
              .replace("%LOCALAPPDATA%\\", folder + "/")
              .replace(Main.class.getName(), Started.class.getName())
              .replace("%*", "--help"));
    }
    for (int start = 1; start <= 2; start++) {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isEqualTo(Started.CODE);
      assertThat(said).startsWith("[--help]\n-Xshare:auto\n");
    }
  }

  @Test
  void theJarIsLookedForWhereTheOthersLook() throws IOException {
    assertThat(text("kretsim.cmd"))
        .contains("%~dp0kretsim.jar", "%~dp0..\\lib\\kretsim.jar", "%~dp0java.exe");
    assertThat(text("kretsim"))
        .contains("jar=$here/kretsim.jar", "/lib/kretsim.jar", "java=$here/java");
  }

  /** Else it would end with the code of what it did last, not with that of Java. */
  @Test
  void javaIsWhatItDoesLast() throws IOException {
    List<String> lines = lines();
    assertThat(lines.get(lines.size() - 1)).isEqualTo(start());
    assertThat(lines.get(0)).isEqualTo("@echo off");
  }
}
