package dev.kretsim.trace.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.kretsim.trace.Samples;
import dev.kretsim.trace.histogram.HoldHistogram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables as people hand them over: what was kept apart stays apart, and nothing goes in silence.
 */
class PublicTablesTest {
  private static final String BCC = "     usecs               : count     distribution\n";

  @TempDir private Path folder;

  private static HoldHistogram.Reading sample(String name) {
    return Holds.of(Samples.file("public-kinds/" + name + ".txt"));
  }

  private HoldHistogram.Reading text(String text) throws IOException {
    return Holds.of(Files.writeString(folder.resolve("t.txt"), text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"trailing-blanks", "indented", "quoted", "own-title", "ctrl-c"})
  void aPastedMapIsTheMap(String how) {
    assertThat(sample("pasted-bpftrace-" + how).histograms())
        .singleElement()
        .satisfies(
            map -> {
              assertThat(map.function()).isEqualTo("fn_a");
              assertThat(map.buckets())
                  .containsExactly(
                      new HoldHistogram.Bucket(4_000, 8_000, 10),
                      new HoldHistogram.Bucket(8_000, 16_000, 5));
            });
  }

  @Test
  void tablesOfASecondToolAreNotPassedOverInSilence() throws IOException {
    String bpftrace = "@us[fn_a]:\n[4, 8)   9 |@@@@|\n\n";
    String bcc =
        "Tracing 1 functions for \"fn_b\"... Hit Ctrl-C to end.\n\n"
            + BCC
            + "         4 -> 7          : 5        |****|\n\n";
    for (String both : new String[] {bpftrace + bcc, bcc + bpftrace}) {
      assertThat(text(both).remarks())
          .anyMatch(remark -> remark.contains("1 of another tool's tables are in it, too"));
    }
    assertThat(text(bcc).remarks()).noneMatch(remark -> remark.contains("another tool"));
  }

  @Test
  void bccSectionsAreKeptApartByWhateverTheyAreCalled() {
    assertThat(sample("bcc-other-section-titles").histograms())
        .extracting(HoldHistogram::function, HoldHistogram::calls)
        .containsExactly(tuple("read", 900L), tuple("write", 100L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "operation = b'read'!read",
        "disk = 'xvda1'!xvda1",
        "disk = b\"sda\"!sda",
        "hardirq = eth0-rx-1!eth0-rx-1",
        "pid = 181 bash!181 bash",
        "Remote Address = 10.0.0.1!10.0.0.1",
        "flags = Sync-Write!Sync-Write",
        "Function = b'vfs_read'!vfs_read",
      })
  void eachKindOfSectionNamesItsTable(String title, String name) throws IOException {
    String two =
        "Tracing some latency... Hit Ctrl-C to end.\n\n"
            + title
            + "\n"
            + BCC
            + "  2 -> 3 : 9 |****|\n\n"
            + "other = other\n"
            + BCC
            + "  4 -> 7 : 1 |**  |\n";
    assertThat(text(two).histograms())
        .extracting(HoldHistogram::function, HoldHistogram::calls)
        .containsExactlyInAnyOrder(tuple(name, 9L), tuple("other", 1L));
  }

  @Test
  void severalRunsInOneFileAreThoseOfTheirFunctions() throws IOException {
    String runs =
        "# ./funclatency -u vfs_read\n"
            + "Tracing 1 functions for \"vfs_read\"... Hit Ctrl-C to end.\n"
            + "^C\n"
            + BCC
            + "  2 -> 3 : 5 |****|\n\navg = 2 usecs, total: 12 usecs, count: 5\n\nDetaching...\n"
            + "root@box:~# ./funclatency -u vfs_write\n"
            + "Tracing 1 functions for \"vfs_write\"... Hit Ctrl-C to end.\n^C\n"
            + BCC
            + "  2 -> 3 : 7 |****|\n\n"
            + "# ./funclatency -u vfs_read\n"
            + "Tracing 1 functions for \"vfs_read\"... Hit Ctrl-C to end.\n"
            + BCC
            + "  2 -> 3 : 6 |****|\n";
    assertThat(text(runs).histograms())
        .extracting(HoldHistogram::function, HoldHistogram::calls)
        .containsExactly(tuple("vfs_read", 11L), tuple("vfs_write", 7L));
  }

  @Test
  void partsOfAKeyThatAreNoNumberAreTheName() {
    assertThat(sample("bpftrace-tuple-keys").histograms())
        .extracting(HoldHistogram::function, HoldHistogram::calls)
        .containsExactly(tuple("fn_a", 300L), tuple("fn_b", 100L));
  }

  @Test
  void whatNumbersKeepApartIsAddedUpAndSaidToBe() throws IOException {
    HoldHistogram.Reading reading =
        text("@us[fn_a, 101]:\n[4, 8) 3 |@@|\n\n@us[fn_a, 102]:\n[4, 8) 5 |@@|\n");
    assertThat(reading.histograms()).singleElement().extracting(HoldHistogram::calls).isEqualTo(8L);
    assertThat(reading.remarks()).singleElement().asString().contains("@us[fn_a, 102]");
  }

  @Test
  void aStackAsAKeyIsNamedAfterItsCalls() throws IOException {
    assertThat(text("@us[\n    vfs_read+1\n    ksys_read+103\n]:\n[4, 8) 3 |@@|\n").histograms())
        .extracting(HoldHistogram::function)
        .containsExactly("vfs_read, ksys_read");
  }

  @Test
  void smallSuffixesAreLargeOnes() {
    assertThat(sample("unreadable-row-drops-table").histograms())
        .singleElement()
        .satisfies(map -> assertThat(map.calls()).isEqualTo(100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[8, 1?)  5 |@@@ |", "(8K, 16K)  x |@@@|", "5 |@@@@  |"})
  void aRowThatCannotBeReadEndsNoTableAndIsSaid(String row) throws IOException {
    HoldHistogram.Reading reading =
        text("@us[fn_a]:\n[4, 8) 3 |@@|\n" + row + "\n[16, 32) 2 |@@|\n");
    assertThat(reading.histograms()).singleElement().extracting(HoldHistogram::calls).isEqualTo(5L);
    assertThat(reading.remarks()).singleElement().asString().contains("1 row of a table");
  }

  @Test
  void aRowThatBccDamagedIsSaidToo() throws IOException {
    HoldHistogram.Reading reading =
        text(BCC + "  2 -> 3 : 5 |****|\n  4 -> 7 : x |*|\n  8 -> 15 : 1 |*|\n");
    assertThat(reading.histograms()).singleElement().extracting(HoldHistogram::calls).isEqualTo(6L);
    assertThat(reading.remarks()).singleElement().asString().contains("1 row of a table");
  }

  @Test
  void aRowBrokenBeforeItsBarIsWhole() throws IOException {
    HoldHistogram.Reading reading =
        text("@us[fn_a]:\n[4, 8)                10\n|@@@@@@|\n[8, 16)    5 |@@@\n    |\n");
    assertThat(reading.histograms())
        .singleElement()
        .extracting(HoldHistogram::calls)
        .isEqualTo(15L);
    assertThat(reading.remarks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"@bytes", "@read_size", "@count[vfs_read]", "@backlog[128]", "@cpus"})
  void sizesAndCountsAreNoTimes(String map) {
    assertThatThrownBy(() -> text(map + ":\n[4, 8) 3 |@@|\n"))
        .hasMessageContaining("counts sizes or numbers, not time");
  }

  @Test
  void aHeadingTellsWhatAMapWithoutANameIsOf() {
    assertThatThrownBy(
            () ->
                text(
                    "Attaching 1 probe...\nI/O size (bytes) by process:\n@[bash]:\n[4, 8) 3 |@|\n"))
        .hasMessageContaining("not time");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# ./funcinterval vfs_read -u\n"
            + "Tracing 1 functions for \"vfs_read\"... Hit Ctrl-C to end.\n",
        "root@box:~# funcinterval-bpfcc vfs_read\n"
            + "Tracing 1 functions for \"vfs_read\"... Hit Ctrl-C to end.\n",
        "Tracing tracepoint for \"block:block_rq_issue\"... Hit Ctrl-C to end.\n"
      })
  void theTimeBetweenCallsIsNotTheTimeInThem(String begin) {
    assertThatThrownBy(() -> text(begin + "\n" + BCC + "  2 -> 3 : 5 |****|\n"))
        .hasMessageContaining("how far calls lie apart");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "@us!1000",
        "@latencyUs!1000",
        "@read_micros!1000",
        "@millis!1000000",
        "@waitMs!1000000",
        "@lat_nanos!1",
        "@waits!1",
      })
  void aMapNamesItsUnitInWhateverWay(String map, long ns) throws IOException {
    assertThat(text(map + "[fn_a]:\n[1, 2) 3 |@@|\n").histograms())
        .singleElement()
        .satisfies(
            table ->
                assertThat(table.buckets())
                    .containsExactly(new HoldHistogram.Bucket(ns, 2 * ns, 3)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "fn_a latency (us)!1000",
        "Latency in microseconds by function!1000",
        "How long [ms]!1000000",
        "latency (\u00b5s)!1000",
        "it's how long calls took!1",
        "who was in bed!1",
      })
  void aHeadingTellsTheUnitOfAMapThatDoesNot(String heading, long ns) throws IOException {
    HoldHistogram.Reading reading =
        text("Attaching 1 probe...\n" + heading + "\n@[fn_a]:\n[1, 2) 3 |@@|\n");
    assertThat(reading.histograms())
        .singleElement()
        .satisfies(
            table ->
                assertThat(table.buckets())
                    .containsExactly(new HoldHistogram.Bucket(ns, 2 * ns, 3)));
    assertThat(reading.remarks()).hasSize(ns == 1 ? 1 : 0);
  }

  @Test
  void sizesAreTheSameInCapitals() {
    assertThatThrownBy(() -> text("@readBytes:\n[4, 8) 3 |@@|\n"))
        .hasMessageContaining("counts sizes or numbers, not time");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tracing 1 functions for \"fn_a\"...\n" + BCC + "  2 -> 3 : 5 |****|\n",
        "  $ sudo perf ftrace latency -a -T fn_a sleep 1\n"
            + "  #   DURATION     |      COUNT | GRAPH      |\n"
            + "       2 - 4    us |          5 | ###        |\n",
      })
  void theFunctionIsToldHoweverItsTitleStands(String table) throws IOException {
    assertThat(text(table).histograms())
        .extracting(HoldHistogram::function, HoldHistogram::calls)
        .containsExactly(tuple("fn_a", 5L));
  }

  @Test
  void aLineOfAveragesNamesNoTable() throws IOException {
    String register = "Register write = %s\naverage = 23 usecs, total = 99 usecs, count = 5\n";
    assertThat(
            text("Tracing registers... Hit Ctrl-C to end.\n"
                    + register.formatted("RALUE")
                    + BCC
                    + "  2 -> 3 : 5 |****|\n"
                    + register.formatted("RAUHT")
                    + BCC
                    + "  4 -> 7 : 9 |****|\n")
                .histograms())
        .extracting(HoldHistogram::function, HoldHistogram::calls)
        .containsExactly(tuple("RALUE", 5L), tuple("RAUHT", 9L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "Tracing nvme command latency. Hit Ctrl-C to end.!how long block I/O took",
        "Summarize futex contention latency, hit ctrl-c to exit!how long a lock was waited for",
      })
  void theTitleTellsThatItIsNotAFunctionsTime(String title, String cause) {
    assertThatThrownBy(() -> text(title + "\n\n" + BCC + "  2 -> 3 : 5 |****|\n"))
        .hasMessageContaining(cause);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "Tracing fn_a... Hit Ctrl-C to end.!no table is below the tool's title",
        "Tracing 1 functions for \"fn_a\"... Hit Ctrl-C to end.~^C~  fn_b~    12!no table of times is"
            + " below the tool's title, but 'fn_b'",
        "Tracing fn_a...~     usecs     : count     distribution!its tables are empty",
        "Attaching 1 probe...~@[~    fn_a+1~]: 23!its maps hold counts or means",
        "Attaching 1 probe...~@us[fn_a]:!its maps are empty",
      })
  void whatIsInTheWayOfAnAnswerIsSaidWithWhatToDo(String text, String cause) {
    assertThatThrownBy(() -> text(text.replace('~', '\n') + "\n"))
        .hasMessageContaining("no histogram with a call in it: " + cause);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tracing 1 functions for \"c:fn_a\"... Hit Ctrl-C to end.\n" + BCC,
        "Tracing 9 functions for \"/bin/x:*\"... Hit Ctrl-C to end.\nFunction = fn_a [12]\n" + BCC,
        "[10:00:00]\nr:c:fn_a():u64:$latency\n     $latency   : count     distribution\n",
        "# argdist -H 'r:c:fn_a():u64:$latency'\n[10:00:00]\n     $latency  : count  distribution\n",
        "@us[uretprobe:/bin/x:fn_a]:\n[8, 16)    3 |@@@|\n",
        "@us[usdt:/bin/x:fn_a]:\n[8, 16)    3 |@@@|\n",
        "# bpftrace -e 'ur:/bin/x:fn_a { @us = hist((nsecs - @s[tid]) / 1000); }'\n@us:\n"
            + "[8, 16)    3 |@@@|\n"
      })
  void functionsOfProgramsHaveNoMaxactive(String table) throws IOException {
    String ofProgram = table + (table.contains("|") ? "" : "  2 -> 3 : 5 |****|\n");
    assertThatThrownBy(() -> text(ofProgram))
        .hasMessageContaining("in a program, not in the kernel: probes there have no maxactive");
    String ofKernel =
        table.contains("@us")
            ? "# bpftrace x\n@ns[fn_b]:\n[8, 16)    4 |@@@|\n"
            : "\nTracing 1 functions for \"fn_b\"...\n" + BCC + "  2 -> 3 : 4 |****|\n";
    HoldHistogram.Reading both = text(ofProgram + ofKernel);
    assertThat(both.histograms())
        .extracting(HoldHistogram::function, HoldHistogram::calls)
        .containsExactly(tuple("fn_b", 4L));
    assertThat(both.remarks()).anyMatch(remark -> remark.contains("in a program"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "usecs!sure",
        "latency (us)!sure",
        "LAT(ms)!sure",
        "wait (us)!doubted",
        "age (ms)!refused",
        "off-cpu usecs!refused",
        "msecs between calls!refused",
      })
  void aLabelTellsWhetherItIsOfHolds(String label, String verdict) throws IOException {
    String table = "  " + label + "   : count     distribution\n  2 -> 3 : 5 |****|\n";
    if (verdict.equals("refused")) {
      assertThatThrownBy(() -> text(table)).hasMessageContaining("'" + label + "' tells no holds");
    } else {
      assertThat(text(table).remarks()).hasSize(verdict.equals("sure") ? 0 : 1);
    }
  }

  @Test
  void theCommandOfArgdistTellsTheFunction() throws IOException {
    String table = "     $latency/1000 : count     distribution\n  2 -> 3 : %d |****|\n";
    String one = "# argdist -H 'r::fn_a():u64:$latency/1000'\n[10:00:00]\n";
    assertThat(text(one + table.formatted(5)).histograms())
        .extracting(HoldHistogram::function)
        .containsExactly("fn_a");
    String two =
        "# argdist -H 'r::fn_a():u64:$latency/1000#first' -H 'r::fn_b():u64:$latency/1000#second'\n";
    assertThat(
            text(two + "[10:00:00]\nfirst\n" + table.formatted(5) + "second\n" + table.formatted(7))
                .histograms())
        .extracting(HoldHistogram::function, HoldHistogram::calls)
        .containsExactly(tuple("fn_a", 5L), tuple("fn_b", 7L));
  }

  @Test
  void whatASectionIsCalledIsSaidToBeNoFunctionsName() throws IOException {
    assertThat(text("operation = read\n" + BCC + "  2 -> 3 : 5 |****|\n").remarks())
        .singleElement()
        .asString()
        .contains("read: so the tool calls what it keeps apart");
    assertThat(text("Function = fn_a\n" + BCC + "  2 -> 3 : 5 |****|\n").remarks()).isEmpty();
  }

  @Test
  void partsInPercentBehindTheCountAreNoPartOfIt() throws IOException {
    assertThat(
            text(BCC + "  0 -> 1 : 40 (40.0%) |**|\n  2 -> 3 : 60 60.00 % 100.0% |***|\n")
                .histograms())
        .extracting(HoldHistogram::calls)
        .containsExactly(100L);
  }
}
