package dev.kretsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.Readme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ParameterException;

/**
 * Every command that the README or a page shows is one that is understood; those that need no more
 * than traces, and no long time, are run.
 */
class ShownCommandsTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\w*\n(.*?)^```");
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?m)^(?:\\$ )?(?:kretsim|target/kretsim|java -jar target/kretsim\\.jar) (.+)$");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @TempDir private Path folder;

  static List<String> shown() throws IOException {
    List<String> all = new ArrayList<>();
    List<Path> pages = new ArrayList<>(List.of(Readme.top().resolve("README.md")));
    try (Stream<Path> files = Files.list(Readme.top().resolve("src/site/markdown"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    for (Path page : pages) {
      for (Matcher block = BLOCK.matcher(Files.readString(page)); block.find(); ) {
        Matcher command = COMMAND.matcher(block.group(1).replaceAll("\\\\\n\\s*", ""));
        while (command.find()) {
          all.add(command.group(1).replaceFirst("\\s+(#|>|\\|) .*", "").strip());
        }
      }
    }
    // With a jar of the reader's own they are run where that is made, by ForeignDesignTest.
    all.removeIf(command -> command.contains(" --classpath "));
    return all;
  }

  private static String[] words(String command) {
    List<String> words = new ArrayList<>();
    for (Matcher word = WORD.matcher(command); word.find(); ) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words.toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("shown")
  void isUnderstood(String command) {
    Main.commandLine().parseArgs(words(command));
  }

  @Test
  void thereAreSuchCommandsAndOthersAreNotUnderstood() throws IOException {
    assertThat(shown())
        .hasSizeGreaterThan(20)
        .anyMatch(command -> command.startsWith("plan "))
        .anyMatch(command -> command.startsWith("scale validate "))
        .anyMatch(command -> command.startsWith("fleet simulate "))
        .anyMatch(command -> command.startsWith("record "));
    assertThatThrownBy(() -> Main.commandLine().parseArgs(words("fleet traces/ --covers 0.95")))
        .isInstanceOf(ParameterException.class);
  }

  @Test
  void thoseThatNeedTracesAloneAreRun() throws IOException {
    for (String host : new String[] {"a", "b"}) {
      Path file = folder.resolve("traces").resolve(host).resolve("sys.txt.gz");
      Files.createDirectories(file.getParent());
      Files.copy(
          Readme.top().resolve("src/test/resources/oracle/traces/k612_kprobe_bursts.txt"), file);
    }
    int run = 0;
    for (String command : shown()) {
      boolean soon = command.matches("(record|run --schema) ?.*");
      boolean traces = command.matches("(plan|fleet) '?traces/[^ ]*( --(host-by|cover|out) \\S+)*");
      if (soon || traces) {
        String here = command.replace("traces/", folder + "/traces/");
        ConsoleRun ended = ConsoleRun.of((Object[]) words(here));
        assertThat(ended.code()).as(here + ": " + ended.err()).isIn(0, 1);
        run++;
      }
    }
    assertThat(run).isGreaterThanOrEqualTo(4);
  }

  /** What stands below a command in a page is what it prints, line by line; it may print more. */
  @Test
  void whatPagesShowBelowACommandIsPrinted() throws IOException {
    Path lines = Files.writeString(folder.resolve("lines"), "r9999:e vfs_read\n");
    Path script = Files.writeString(folder.resolve("script"), "cat kprobe_profile\n");
    int compared = 0;
    for (String page : List.of("tracefs", "kernels")) {
      String text = Files.readString(Readme.top().resolve("src/site/markdown/" + page + ".md"));
      for (Matcher block = BLOCK.matcher(text); block.find(); ) {
        List<String> shown = block.group(1).lines().toList();
        Matcher command = COMMAND.matcher(shown.get(0));
        if (shown.get(0).startsWith("$ ") && command.matches()) {
          String here =
              command
                  .group(1)
                  .replaceFirst("\\s+#.*", "")
                  .replace("FILE", lines.toString())
                  .replace("SCRIPT", script.toString());
          ConsoleRun ended = ConsoleRun.of((Object[]) words(here));
          List<String> printed = (ended.out() + ended.err()).lines().toList();
          assertThat(printed).as(here).containsSubsequence(shown.subList(1, shown.size()));
          compared++;
        }
      }
    }
    assertThat(compared).isEqualTo(2);
  }
}
