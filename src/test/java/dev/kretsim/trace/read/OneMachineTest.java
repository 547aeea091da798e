package dev.kretsim.trace.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.trace.CallsOf;
import dev.kretsim.trace.Samples;
import dev.kretsim.trace.TraceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are merged by time are asked whether they can be from one machine. */
class OneMachineTest {
  @TempDir private Path folder;

  @Test
  void filesWhoseClocksDoNotOverlapAreDoubted() throws IOException {
    String said = remarks(file("late", 4, 500), file("early", 4, 10));

    assertThat(said)
        .containsPattern("early\\.txt ends before \\S*late\\.txt begins")
        .contains("kretsim fleet", "right for the parts of one recording");
  }

  @Test
  void filesOfMachinesWithOtherCpusAreDoubtedThoughTheyOverlap() throws IOException {
    String said = remarks(file("small", 4, 10), file("large", 64, 11));

    assertThat(said).contains("4 CPUs", "one with 64", "kretsim fleet");
  }

  @Test
  void overlappingFilesOfOneMachineAreNotDoubted() throws IOException {
    String said = remarks(file("one", 4, 10), file("other", 4, 11));

    assertThat(said).doesNotContain("fleet");
  }

  @Test
  void aFileWithinTheTimeOfAnEarlierOneIsNotDoubtedForEndingBeforeTheNext() throws IOException {
    String said = remarks(file("long", 4, 10, 200), file("within", 4, 12), file("last", 4, 100));

    assertThat(said).doesNotContain("fleet");
  }

  /** The folders tell hosts apart where the names do not, and the whole names where they do. */
  @Test
  void theDoubtEndsWithTheCommandThatKeepsTheFilesApart() throws IOException {
    Path a = file("a.sys", 4, 10);
    Path early = file("b early", 4, 100);
    assertThat(remarks(a, early)).endsWith("kretsim fleet " + a + " '" + early + "'");

    Path sameHost = file("a.other", 4, 100);
    assertThat(remarks(a, sameHost))
        .endsWith("kretsim fleet " + a + " " + sameHost + " --host-by '[^/]+$'");

    Path elsewhere = Files.createDirectories(folder.resolve("rack2")).resolve("a.sys.txt");
    Files.move(sameHost, elsewhere);
    assertThat(remarks(a, elsewhere))
        .endsWith("kretsim fleet " + a + " " + elsewhere + " --host-by parent");

    assertThat(
            remarks(a, early, elsewhere, file("d", 4, 200), file("e", 4, 300), file("f", 4, 400)))
        .endsWith("kretsim fleet FILE... --host-by '[^/]+$'");
  }

  private static String remarks(Path... files) {
    try (TraceSource source = Samples.source(files)) {
      return String.join(
          "\n", new TraceReader(source, null).read(CallsOf::new).findings().remarks());
    }
  }

  private Path file(String name, int cpus, int fromSecond) throws IOException {
    return file(name, cpus, fromSecond, 5);
  }

  /** A call each second. */
  private Path file(String name, int cpus, int fromSecond, int seconds) throws IOException {
    StringBuilder text =
        new StringBuilder(
            "# tracer: nop\n#\n# entries-in-buffer/entries-written: %d/%d   #P:%d\n"
                .formatted(2 * seconds, 2 * seconds, cpus));
    for (int second = fromSecond; second < fromSecond + seconds; second++) {
      text.append(line(second, 1, "e: (vfs_read+0x0/0x10)"));
      text.append(line(second, 500, "r: (ksys_read+0x5/0x10 <- vfs_read)"));
    }
    return Files.writeString(folder.resolve(name + ".txt"), text);
  }

  private static String line(int second, int us, String event) {
    return "            task-100     [000] d...1 %5d.%06d: %s%n".formatted(second, us, event);
  }
}
