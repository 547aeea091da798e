package dev.kretsim.command.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.cli.ConsoleRun;
import dev.kretsim.fleet.HostTraces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host's own plan would remark on is not lost among the hosts. */
class FleetRemarksTest {
  private static final int LOSING = 5;

  @TempDir private Path folder;

  private Path hosts;

  /** Some hosts lose returns, each another number of them; one was copied out of a mail. */
  @BeforeEach
  void record() throws IOException {
    hosts = Files.createDirectory(folder.resolve("hosts"));
    for (int host = 0; host < LOSING; host++) {
      int lost = host;
      int[] returns = {0};
      String text =
          HostTraces.of(host)
              .lines()
              .filter(line -> !line.contains("r: (") || returns[0]++ % 20 > lost)
              .collect(Collectors.joining("\n", "", "\n"));
      Files.writeString(hosts.resolve("host" + host + ".txt"), text);
    }
    Files.writeString(hosts.resolve("sound.txt"), HostTraces.of(2));
    Files.writeString(hosts.resolve("mailed.txt"), mailed());
  }

  private static String mailed() {
    return "Hello,\n\nhere it is:\n\n> " + HostTraces.of(3).strip().replace("\n", "\n> ") + "\n";
  }

  private JsonNode fleet(Object... more) throws IOException {
    List<Object> all = new ArrayList<>(List.of("fleet", hosts, "--out", "json"));
    all.addAll(List.of(more));
    ConsoleRun run = ConsoleRun.of(all.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  /** Those of the plan of one file, without its name. */
  private List<String> ofPlan(String name) {
    Path file = hosts.resolve(name);
    ConsoleRun run = ConsoleRun.of("plan", file);
    assertThat(run.code()).as(run.err()).isZero();
    return run.err()
        .lines()
        .map(line -> line.substring(file.toString().length() + 1).strip())
        .map(line -> line.replaceFirst("^(\\d+):", "line $1:"))
        .toList();
  }

  @Test
  void jsonHasAllThatThePlansOfTheHostsRemarkOn() throws IOException {
    JsonNode remarks = fleet().path("remarks");
    for (String host : List.of("host0", "host4", "mailed", "sound")) {
      List<String> own = new ArrayList<>();
      for (JsonNode remark : remarks) {
        if (remark.path("host").asText().equals(host)) {
          own.add(remark.path("remark").asText());
        }
      }
      assertThat(own).as(host).containsExactlyInAnyOrderElementsOf(ofPlan(host + ".txt"));
      assertThat(own.isEmpty()).as(host).isEqualTo(host.equals("sound"));
    }
  }

  @Test
  void thoseThatDifferInNumbersAloneAreOneLine() {
    ConsoleRun run = ConsoleRun.of("fleet", hosts);
    assertThat(run.err().lines().findFirst().orElseThrow())
        .startsWith(LOSING + " hosts, the first is host0: warning: vfs_read: ");
    assertThat(run.err().lines().filter(line -> line.contains("vfs_read: "))).hasSize(1);
    assertThat(run.err()).contains("mailed: line ");
  }

  @Test
  void aPageAndTheTextForPullRequestsHaveThemToo() throws IOException {
    Path page = folder.resolve("fleet.html");
    ConsoleRun run = ConsoleRun.of("fleet", hosts, "--html", page, "--out", "markdown");
    assertThat(page).content().contains(LOSING + " hosts, the first is host0: warning: vfs_read");
    assertThat(run.out())
        .contains("Remarks of the hosts' own plans", "| 5 | host0 | warning: vfs_read: ");
  }

  @Test
  void whatIsKeptHasThemAsWellWhateverTheFilesAreCalled() throws IOException {
    Path cache = folder.resolve("cache");
    JsonNode first = fleet("--cache", cache).path("remarks");
    Path moved = Files.createDirectory(folder.resolve("moved"));
    Files.move(hosts.resolve("mailed.txt"), moved.resolve("mailed.log"));
    ConsoleRun again = ConsoleRun.of("fleet", hosts, moved, "--cache", cache, "--out", "json");
    assertThat(new ObjectMapper().readTree(again.out()).path("remarks"))
        .isEqualTo(first)
        .hasSizeGreaterThan(LOSING);
    assertThat(cache.toFile().list()).hasSize(LOSING + 2);
  }

  @Test
  void aRowForEachHostHasThemOnce() throws IOException {
    Path rows = folder.resolve("rows.csv");
    JsonNode remarks = fleet("--rows", rows).path("remarks");
    String text = Files.readString(rows);
    for (JsonNode remark : remarks) {
      assertThat(text).containsOnlyOnce(remark.path("remark").asText());
    }
  }

  /** The earlier of two snapshots is read first, though the other's name comes first. */
  @Test
  void remarksOnCountersNameNoFile() throws IOException {
    Files.writeString(hosts.resolve("db1.before"), "  vfs_read    1000    2\n");
    Files.writeString(hosts.resolve("db1.after"), "  vfs_read    9000    30\n");
    Path known = Files.writeString(folder.resolve("hosts.csv"), "host,maxactive\ndb1,20\n");
    List<String> remarks = new ArrayList<>();
    for (JsonNode remark : fleet("--hosts", known).path("remarks")) {
      if (remark.path("host").asText().equals("db1")) {
        remarks.add(remark.path("remark").asText());
      }
    }
    assertThat(remarks).isNotEmpty().allMatch(remark -> remark.startsWith("vfs_read: 8000 hits"));
  }
}
