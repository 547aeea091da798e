package dev.kretsim.command.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.cli.ConsoleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is written among traces, nothing is read twice, and what is kept is kept whole. */
class FleetFoldersTest {
  private static final String CALLS = "entry_ns,exit_ns,task,function\n1,5,a,f\n2,9,b,f\n";

  @TempDir private Path folder;
  private Path hosts;

  @BeforeEach
  void writeTraces() throws IOException {
    hosts = Files.createDirectory(folder.resolve("hosts"));
    Files.writeString(hosts.resolve("a.csv"), CALLS);
    Files.writeString(hosts.resolve("b.csv"), CALLS);
    Files.createSymbolicLink(folder.resolve("link"), hosts);
  }

  private static List<String> filesBelow(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      return all.map(Path::toString).sorted().toList();
    }
  }

  private String hostsIn(Object... words) {
    ConsoleRun run = ConsoleRun.of(words);
    assertThat(run.code()).as("%s", run).isZero();
    return run.out().lines().filter(line -> line.contains(" hosts")).findFirst().orElse("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hosts", "hosts/kept", "link", "link/kept", "hosts/../link/kept/deep"})
  void aCacheAmongTheTracesIsRefusedByWhateverName(String cache) throws IOException {
    List<String> before = filesBelow(folder);
    for (Path traces : List.of(hosts, folder.resolve("link"))) {
      ConsoleRun run = ConsoleRun.of("fleet", traces, "--cache", folder.resolve(cache));
      assertThat(run.refused()).as("%s", run).isTrue();
      assertThat(run.err()).contains("would be read as a trace of " + traces);
    }
    assertThat(filesBelow(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--html", "--rows"})
  void anOutputThatWouldBeReadTheNextTimeIsRefused(String option) throws IOException {
    for (String name : List.of("hosts/report.html", "link/report.html")) {
      for (String traces : List.of("hosts", "link", "hosts/*")) {
        ConsoleRun run =
            ConsoleRun.of("fleet", folder.resolve(traces), option, folder.resolve(name));
        assertThat(run.refused()).as("%s", run).isTrue();
        assertThat(run.err()).contains(option + " ", "would be read as a trace of ");
      }
    }
    assertThat(filesBelow(hosts)).hasSize(3);
    Path page = hosts.resolve("report.html");
    for (int time = 0; time < 2; time++) {
      assertThat(hostsIn("fleet", hosts + "/*.csv", option, page)).startsWith("2 hosts");
    }
  }

  @Test
  void aFolderThatIsLinkedBesideItselfCountsOnce() throws IOException {
    Files.createSymbolicLink(hosts.resolve("latest"), Files.createDirectory(hosts.resolve("old")));
    Files.writeString(hosts.resolve("old/c.csv"), CALLS);
    ConsoleRun run = ConsoleRun.of("fleet", hosts, "--out", "csv");
    assertThat(run.err()).doesNotContain("remark");
    assertThat(run.out().lines().skip(1).findFirst().orElse("")).contains(",6,");
  }

  @Test
  void standardInputIsThatOfOneHost() {
    ConsoleRun run = ConsoleRun.of("fleet", "-");
    assertThat(run.refused()).as("%s", run).isTrue();
    assertThat(run.err()).contains("kretsim plan -");
  }

  @Test
  void whatCannotBeKeptIsSaidWithTheOption() throws IOException {
    ConsoleRun run = ConsoleRun.of("fleet", hosts, "--cache", hosts.resolve("a.csv/kept"));
    assertThat(run.refused()).as("%s", run).isTrue();
    assertThat(run.err()).contains("--cache " + hosts.resolve("a.csv/kept"));
  }

  @Test
  void whatIsKeptIsTheSameWhateverTheHostIsCalled() throws IOException {
    List<String> kept = new ArrayList<>();
    for (String host : List.of("a.csv", "b.csv")) {
      Path cache = folder.resolve("kept-" + host);
      assertThat(hostsIn("fleet", hosts.resolve(host), "--cache", cache)).isNotNull();
      for (String file : filesBelow(cache)) {
        if (Files.isRegularFile(Path.of(file))) {
          kept.add(Path.of(file).getFileName() + Files.readString(Path.of(file)));
        }
      }
    }
    assertThat(kept).hasSize(2);
    assertThat(kept.get(1)).isEqualTo(kept.get(0));
  }

  @Test
  void aCacheThatAPatternWouldReadIsRefusedAndAnotherIsNot() {
    ConsoleRun all = ConsoleRun.of("fleet", hosts + "/**", "--cache", hosts.resolve("kept"));
    assertThat(all.err()).contains("would be read as a trace of " + hosts + "/**");
    ConsoleRun some = ConsoleRun.of("fleet", hosts + "/*.csv", "--cache", hosts.resolve("kept"));
    assertThat(some.code()).as("%s", some).isZero();
  }

  @Test
  void aLinkToAFolderIsThatFolder() {
    assertThat(hostsIn("fleet", folder.resolve("link"))).isEqualTo(hostsIn("fleet", hosts));
  }

  @Test
  void aFileThatIsNamedTwiceIsReadOnce() {
    Path again = hosts.resolve("../hosts/./a.csv");
    assertThat(hostsIn("fleet", hosts, again, hosts.resolve("a.csv")))
        .isEqualTo(hostsIn("fleet", hosts));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "[]", "{\"functions\":[]} 17", "\u0000"})
  void whatWasKeptAndIsDamagedIsFoundOutAnew(String damage) throws IOException {
    Path cache = folder.resolve("cache");
    Files.delete(hosts.resolve("b.csv"));
    String first = ConsoleRun.of("fleet", hosts, "--cache", cache).out();
    Path kept = one(cache);
    byte[] whole = Files.readAllBytes(kept);
    Files.writeString(kept, damage);
    assertThat(ConsoleRun.of("fleet", hosts, "--cache", cache).out()).isEqualTo(first);
    assertThat(kept).hasBinaryContent(whole);
    for (int at = 0; at < whole.length; at += 7) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 1;
      Files.write(kept, flipped);
      assertThat(ConsoleRun.of("fleet", hosts, "--cache", cache).out()).isEqualTo(first);
    }
  }

  private static Path one(Path cache) throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void anExpressionThatWouldSearchForeverIsRefused() throws IOException {
    Path longest = Files.writeString(hosts.resolve("a".repeat(60)), CALLS);
    ConsoleRun run = ConsoleRun.of("fleet", longest, "--host-by", "((a|a)+)+!");
    assertThat(run.refused()).as("%s", run).isTrue();
    assertThat(run.err()).contains("takes too long", "use a simpler expression");
  }
}
