package dev.kretsim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.cli.ConsoleRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README and its pages show is what there is. */
class ReadmeTest {
  private static final Pattern CONSOLE = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
  private static final int LONGEST = 200;

  @TempDir private Path folder;

  /** One command, as shown, and what is shown below it. */
  private record Shown(String command, String output) {}

  private static List<Shown> shown() throws IOException {
    List<Shown> all = new ArrayList<>();
    for (Matcher block = CONSOLE.matcher(Readme.text()); block.find(); ) {
      for (String part : block.group(1).split("(?m)^\\$ ")) {
        int end = part.indexOf('\n');
        if (end > 0) {
          all.add(new Shown(part.substring(0, end), part.substring(end + 1)));
        }
      }
    }
    return all;
  }

  /** Files that are shown are made; commands are run on them. */
  @Test
  void everyCommandPrintsWhatIsShown() throws IOException {
    int run = 0;
    for (Shown shown : shown()) {
      String[] words = shown.command().split(" ");
      if (words[0].equals("cat")) {
        Files.writeString(folder.resolve(words[1]), shown.output());
        continue;
      }
      assertThat(words[0]).isEqualTo("kretsim");
      Object[] arguments = new Object[words.length - 1];
      for (int i = 1; i < words.length; i++) {
        Path file = folder.resolve(words[i]);
        arguments[i - 1] = Files.exists(file) ? file.toString() : words[i];
      }
      ConsoleRun result = ConsoleRun.of(arguments);
      assertThat(result.code()).as(shown.command()).isZero();
      compare(shown, result.out().replace(folder + "/", "").strip());
      run++;
    }
    assertThat(run).isGreaterThanOrEqualTo(5);
  }

  /** A line of three dots stands for some lines that are not shown. */
  private static void compare(Shown shown, String printed) {
    String[] parts = shown.output().strip().split("(?m)^\\.\\.\\.$", -1);
    int at = 0;
    for (String part : parts) {
      String text = part.strip();
      at = printed.indexOf(text, at);
      assertThat(at)
          .as("%s%nmust print%n%s%nbut prints%n%s", shown.command(), text, printed)
          .isNotNegative();
      at += text.length();
    }
    if (parts.length == 1) {
      assertThat(shown.output().strip()).as(shown.command()).isEqualTo(printed);
    }
  }

  @Test
  void theFrontDoorIsShortAndEachOfItsLinksLeadsSomewhere() throws IOException {
    assertThat(Readme.text().lines().count()).isLessThan(LONGEST);
    int links = 0;
    for (Matcher link = LINK.matcher(Readme.text()); link.find(); links++) {
      assertThat(Readme.top().resolve(link.group(1))).exists();
    }
    assertThat(links).isGreaterThan(5);
  }

  @Test
  void thePictureIsTheOneThatIsDrawnNow() throws IOException {
    Path drawn = folder.resolve("drawn.svg");
    assertThat(ConsoleRun.of("plan", "sample:nanosleep-bursts", "--svg", drawn).code()).isZero();
    assertThat(Readme.top().resolve("src/site/resources/images/nanosleep-bursts.svg"))
        .hasSameTextualContentAs(drawn);
  }

  @Test
  void theExampleIsTheOneThatIsCompiledHere() throws IOException {
    String source =
        Files.readString(Readme.top().resolve("src/test/java/dev/kretsim/ReadmeExample.java"));
    String begin = "    // README begin\n";
    int from = source.indexOf(begin) + begin.length();
    String example = source.substring(from, source.indexOf("    // README end"));
    assertThat(Readme.page("kernel-words.md"))
        .contains("```java\n" + example.stripTrailing().stripIndent() + "\n```");
  }

  @Test
  void theExamplePrintsWhatIsShown() throws IOException {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      ReadmeExample.run();
    } finally {
      System.setOut(console);
    }
    String output = printed.toString(StandardCharsets.UTF_8);
    assertThat(Readme.page("kernel-words.md")).contains("```text\n" + output + "```");
  }
}
