package dev.kretsim.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where names of files may tell other hosts than are meant, it is said; else it is not. */
class HostDoubtsTest {
  private static List<Host> hosts(String naming, String... files) {
    Map<String, List<Path>> byHost =
        Stream.of(files)
            .map(Path::of)
            .collect(
                Collectors.groupingBy(
                    HostNaming.parse(naming)::of, TreeMap::new, Collectors.toList()));
    return byHost.entrySet().stream()
        .map(host -> new Host(host.getKey(), host.getValue()))
        .toList();
  }

  private static List<String> doubts(String naming, String... files) {
    return HostDoubts.of(hosts(naming, files), HostNaming.parse(naming));
  }

  @Test
  void filesOfOneNameInSeveralFoldersMayBeSeveralHosts() {
    String[] all = {"r1/sys.txt", "r2/sys.txt", "r1/alone.cpu0.txt", "r1/alone.cpu1.txt"};
    assertThat(doubts("name", all))
        .containsExactly(
            "remark: 1 of 2 hosts have files in several folders, which are taken for one recording"
                + " (sys: r1/sys.txt, r2/sys.txt); where each folder is a host, say --host-by"
                + " parent");
    assertThat(doubts("parent", all)).isEmpty();
    assertThat(doubts("name", "r1/sys.txt", "r1/alone.cpu0.txt", "r1/alone.cpu1.txt")).isEmpty();
  }

  @Test
  void filesOfTheCpusOfOneMachineAreOneHost() {
    String[] one = {"db1/per_cpu/cpu0/trace", "db1/per_cpu/cpu11/trace"};
    assertThat(doubts("name", one)).isEmpty();
    assertThat(hosts("parent", one)).extracting(Host::name).containsExactly("db1");
    assertThat(doubts("parent", one)).isEmpty();
    String[] two = {"db1/per_cpu/cpu0/trace", "db2/per_cpu/cpu0/trace"};
    assertThat(hosts("parent", two)).extracting(Host::name).containsExactly("db1", "db2");
    assertThat(doubts("name", two)).singleElement().asString().contains("say --host-by parent");
  }

  @Test
  void hostsThatAreNamedLikeCpusMayBeOneMachine() {
    assertThat(doubts("name", "db1/cpu0.txt", "db1/cpu1.txt"))
        .singleElement()
        .asString()
        .startsWith("remark: all 2 hosts are named like CPUs (cpu0, cpu1); where these are the")
        .contains("say --host-by parent, or give");
    assertThat(doubts("parent", "db1/cpu0/trace", "db1/cpu1/trace"))
        .singleElement()
        .asString()
        .contains("say --host-by '([^/]+)/cpu[0-9]+', or give");
    assertThat(doubts("name", "cpu0.txt", "db1.txt")).isEmpty();
    assertThat(doubts("name", "cpu0.txt")).isEmpty();
  }

  @Test
  void hostsOfTwoDomainsMayHaveOneFirstName() {
    assertThat(doubts("name", "web1.eu.example.com.txt", "web1.us.example.com.txt", "b.txt"))
        .singleElement()
        .asString()
        .startsWith("remark: 1 of 2 hosts have files whose names differ behind the first dot")
        .contains("(web1: web1.eu.example.com.txt, web1.us.example.com.txt)", "'[^/]+$'");
    assertThat(doubts("name", "a.eu.example.com.before.txt", "a.eu.example.com.after.txt"))
        .isEmpty();
    assertThat(doubts("name", "a.trace.cpu0.txt.gz", "a.trace.cpu1.txt.gz", "a.part-2")).isEmpty();
    assertThat(doubts("[^/]+$", "web1.eu.example.com.txt", "web1.us.example.com.txt")).isEmpty();
  }
}
