package dev.kretsim.trace.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.kretsim.trace.Samples;
import dev.kretsim.trace.histogram.HoldHistogram;
import dev.kretsim.trace.histogram.HoldHistogram.Bucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histograms come out in ns, by function, whichever tool printed them. */
class HoldReaderTest {
  @TempDir private Path folder;

  private static List<HoldHistogram> sample(String name) {
    return Holds.of(Samples.file(name)).histograms();
  }

  private HoldHistogram only(String text) throws IOException {
    List<HoldHistogram> all =
        Holds.of(Files.writeString(folder.resolve("h.txt"), text)).histograms();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void bpftraceCountsInPowersOfTwoAndNamesTheUnitInTheMap() {
    assertThat(sample("bpftrace-hist.txt"))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("sources")
        .containsExactly(
            new HoldHistogram(
                "vfs_read",
                List.of(
                    new Bucket(0, 1_000, 3),
                    new Bucket(1_000, 2_000, 12),
                    new Bucket(2_000, 4_000, 96),
                    new Bucket(4_000, 8_000, 40),
                    new Bucket(512_000, 1_024_000, 7),
                    new Bucket(1_024_000, 2_048_000, 2)),
                null),
            new HoldHistogram("vfs_write", List.of(new Bucket(8_000, 16_000, 5)), null));
  }

  @Test
  void linearBucketsHaveAnOpenEndAndNothingBelowZero() {
    HoldHistogram.Reading reading = Holds.of(Samples.file("bpftrace-lhist.txt"));
    assertThat(reading.histograms())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("sources")
        .containsExactly(
            new HoldHistogram(
                "vfs_read",
                List.of(
                    new Bucket(0, 1000, 20),
                    new Bucket(1000, 2000, 8),
                    new Bucket(2000, Long.MAX_VALUE, 4)),
                null));
    assertThat(reading.remarks())
        .singleElement()
        .asString()
        .contains("1 calls with a hold below 0");
  }

  @Test
  void jsonHasInclusiveBounds() {
    assertThat(sample("bpftrace.json"))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("sources")
        .containsExactly(
            new HoldHistogram(
                "vfs_read", List.of(new Bucket(0, 1000, 3), new Bucket(2000, 4000, 96)), null),
            new HoldHistogram("vfs_write", List.of(new Bucket(512_000, 1_024_000, 7)), null),
            new HoldHistogram(
                null, List.of(new Bucket(0, 1000, 20), new Bucket(2000, Long.MAX_VALUE, 4)), null));
  }

  @Test
  void funclatencyTellsTheTotalToo() {
    assertThat(sample("funclatency.txt"))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("sources")
        .containsExactly(
            new HoldHistogram(
                "vfs_read",
                List.of(
                    new Bucket(0, 2_000, 1143),
                    new Bucket(2_000, 4_000, 420),
                    new Bucket(4_000, 8_000, 159),
                    new Bucket(16_000, 32_000, 25)),
                2_911_000L));
  }

  @Test
  void aTotalThatCannotBeIsNotBelieved() throws IOException {
    String text = Samples.text("funclatency.txt").replace("total: 2911", "total: 99");
    assertThat(only(text).totalNs()).isNull();
  }

  @Test
  void eachFunctionOfFunclatencyHasItsTable() {
    assertThat(sample("funclatency-functions.txt"))
        .extracting(HoldHistogram::function, HoldHistogram::calls, HoldHistogram::totalNs)
        .containsExactly(tuple("vfs_fsync", 17L, null), tuple("vfs_open", 4L, 2800L));
  }

  @Test
  void intervalsAreAddedUpButRunningTotalsAreNot() throws IOException {
    assertThat(sample("argdist.txt"))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("sources")
        .containsExactly(
            new HoldHistogram(
                "vfs_read", List.of(new Bucket(0, 2000, 14), new Bucket(2000, 4000, 5)), null));
    String running = Samples.text("argdist.txt").replace(": 5  ", ": 12 ");
    assertThat(only(running).buckets())
        .containsExactly(new Bucket(0, 2000, 12), new Bucket(2000, 4000, 3));
  }

  @Test
  void severalFilesAreAddedUp() {
    assertThat(Holds.of(Samples.file("funclatency.txt"), Samples.file("argdist.txt")).histograms())
        .extracting(HoldHistogram::calls)
        .containsExactly(1747L + 19);
  }

  @Test
  void aHistogramOfSomethingElseIsRefused() throws IOException {
    Path sizes =
        Files.writeString(
            folder.resolve("s.txt"),
            "[01:45:22]\np::kmalloc(size_t size):size_t:size\n"
                + "     size                : count     distribution\n"
                + "         0 -> 1          : 9        |***|\n");
    assertThatThrownBy(() -> Holds.of(sizes))
        .hasMessageContaining("s.txt:3: a histogram of 'size'");
  }

  @Test
  void aMapThatNamesNoUnitIsTakenForNanosecondsAndSaidToBe() throws IOException {
    Path file = Files.writeString(folder.resolve("u.txt"), "@: \n[512, 1K)    12 |@@@|\n");
    HoldHistogram.Reading reading = Holds.of(file);
    assertThat(reading.histograms().get(0).buckets()).containsExactly(new Bucket(512, 1024, 12));
    assertThat(reading.histograms().get(0).function()).isNull();
    assertThat(reading.remarks()).singleElement().asString().contains("ns are assumed");
  }

  @Test
  void emptyHistogramsAreNothingUsable() throws IOException {
    Path file = Files.writeString(folder.resolve("e.txt"), "Attaching 2 probes...\n^C\n\n@us: \n");
    assertThatThrownBy(() -> Holds.of(file))
        .hasMessageContaining("e.txt: no histogram with a call");
  }

  @Test
  void aGraphWithoutTimeTellsHoldsOfLeavesAndOfBraces() throws IOException {
    String text =
        " 0)    a-1     |               |  f() {\n"
            + " 1)    b-2     | + 14.000 us   |  g();\n"
            + " 0)    a-1     |   2.000 us    |    g();\n"
            + " 0)    a-1     | * 10000.00 us |  }\n"
            + " 0)    a-1     |   3.000 us    |  } /* h */\n";
    List<HoldHistogram> all =
        Holds.of(Files.writeString(folder.resolve("g.txt"), text)).histograms();
    assertThat(all)
        .extracting(HoldHistogram::function, HoldHistogram::calls, HoldHistogram::totalNs)
        .containsExactlyInAnyOrder(
            tuple("f", 1L, 10_000_000L), tuple("g", 2L, 16_000L), tuple("h", 1L, 3_000L));
    for (HoldHistogram histogram : all) {
      for (Bucket bucket : histogram.buckets()) {
        assertThat(bucket.toNs() - bucket.fromNs()).isLessThanOrEqualTo(bucket.fromNs() / 64 + 1);
      }
    }
  }

  private static final String OF_PERF =
      "#   DURATION     |      COUNT | GRAPH                          |\n"
          + "     0 - 1    us |          0 |                                |\n"
          + "     1 - 2    us |         10 | ################               |\n"
          + "   512 - 1024 us |          3 | #                              |\n"
          + "     1 - 2    ms |          2 | #                              |\n"
          + "     1 - ...   s |          1 | #                              |\n";

  @Test
  void theTaskThatACpuRanAtFirstIsTheOneThatTheSwitchNames() throws IOException {
    String away = " 1)   wk-101    =>  wk-102 \n";
    String back = " 1)   wk-102    =>  wk-101 \n";
    String inner = " 1)               |  f() {\n 1)   5.000 us    |  }\n";
    HoldHistogram holds =
        only(" 1)               |  f() {\n" + away + inner + back + " 1) + 50.000 us   |  }\n");
    assertThat(holds.buckets().stream().mapToLong(Bucket::count).sum()).isEqualTo(2);
    assertThat(holds.totalNs()).isEqualTo(55_000L);
  }

  @Test
  void anInterruptAtTheDepthOfTheCallThatItInterruptsEndsNothing() throws IOException {
    HoldHistogram.Reading reading =
        Holds.of(
            Files.writeString(
                folder.resolve("h.txt"),
                " 1)               |  f() {\n 1)   ==========> |\n 1)               |  g() {\n"
                    + " 1)   5.000 us    |  }\n 1)   <========== |\n 1) + 50.000 us   |  }\n"));
    assertThat(reading.histograms())
        .extracting(HoldHistogram::function, HoldHistogram::totalNs)
        .containsExactly(tuple("f", 50_000L), tuple("g", 5_000L));
  }

  @Test
  void perfsRowsEachHaveTheirUnit() throws IOException {
    HoldHistogram histogram = only(OF_PERF);
    assertThat(histogram.function()).isNull();
    assertThat(histogram.totalNs()).isNull();
    assertThat(histogram.buckets())
        .containsExactly(
            new Bucket(1_000, 2_000, 10),
            new Bucket(512_000, 1_024_000, 3),
            new Bucket(1_000_000, 2_000_000, 2),
            new Bucket(1_000_000_000, Long.MAX_VALUE, 1));
  }

  @Test
  void perfsCommandNamesTheFunctionAndItsStatisticsTheTotal() throws IOException {
    String total = "\n# statistics  (in usec)\n  total time:        2000000\n    avg time:  1\n";
    HoldHistogram histogram =
        only("$ sudo perf ftrace latency -a -T fn_a sleep 1\n" + OF_PERF + total);
    assertThat(histogram.function()).isEqualTo("fn_a");
    assertThat(histogram.totalNs()).isEqualTo(2_000_000_000L);
    assertThat(only(OF_PERF + total.replace("2000000", "2000")).totalNs()).isNull();
  }

  @Test
  void perfsTableOfSeveralFunctionsIsSaidToBeOfAll() throws IOException {
    String text = "# perf ftrace latency -T fn_a --trace-funcs=fn_b\n" + OF_PERF;
    HoldHistogram.Reading reading = Holds.of(Files.writeString(folder.resolve("h.txt"), text));
    assertThat(reading.histograms()).singleElement().extracting(HoldHistogram::function).isNull();
    assertThat(reading.remarks())
        .anyMatch(remark -> remark.contains("fn_a, fn_b are in one table"));
  }

  @Test
  void sectionsWithoutAKeyAreKeptApart() throws IOException {
    String table = "     usecs               : count     distribution\n   2 -> 3   : 10  |***|\n\n";
    String text = "= 0x10\n" + table + "= 0x20\n" + table;
    assertThat(Holds.of(Files.writeString(folder.resolve("h.txt"), text)).histograms())
        .extracting(HoldHistogram::function)
        .containsExactly("0x10", "0x20");
  }

  @Test
  void mapsOfAddressesAreKeptApartAndThoseOfThreadsAddedUp() throws IOException {
    String rows = "\n[4, 8)   10 |@@@|\n";
    String text = "@us[0xffffffff81200000]:" + rows + "@us[0xffffffff81200100]:" + rows;
    assertThat(Holds.of(Files.writeString(folder.resolve("h.txt"), text)).histograms())
        .extracting(HoldHistogram::function)
        .containsExactly("0xffffffff81200000", "0xffffffff81200100");
    assertThat(only("@us[101]:" + rows + "@us[102]:" + rows).calls()).isEqualTo(20);
  }
}
