package dev.kretsim.trace.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kretsim.trace.histogram.HoldHistogram;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rows of bcc's tables and the line below them tell, and where one belies the other. */
class BccTablesTest {
  private static final String TITLE =
      "Tracing 1 functions for \"fn_a\"... Hit Ctrl-C to end.\n\n"
          + "     usecs               : count     distribution\n";
  private static final String ROWS = "  2 -> 3 : 30 |****|\n  4 -> 7 : 10 |*|\n";

  @TempDir private Path folder;

  private HoldHistogram.Reading text(String text) throws IOException {
    return Holds.of(folder, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "avg = 3 usecs, total: 150 usecs, count: 50",
        "avg = 3 nsecs, total: 150 nsecs, count: 48",
        "avg = 9 usecs, total: 150 usecs, count: 40",
        "avg = 90 usecs, total: 3600 usecs, count: 40",
        "avg = 0 usecs, total: 0 usecs, count: 0"
      })
  void aLineThatBeliesItsRowsIsSaidAndNotBelieved(String below) throws IOException {
    HoldHistogram.Reading reading = text(TITLE + ROWS + "\n" + below + "\n");
    assertThat(reading.histograms())
        .extracting(HoldHistogram::calls, HoldHistogram::totalNs)
        .containsExactly(tuple(40L, null));
    assertThat(reading.remarks()).anyMatch(remark -> remark.contains("not agree with the rows"));
  }

  @Test
  void aCallThatCameWhileItWasPrintedBeliesNothing() throws IOException {
    HoldHistogram.Reading reading =
        text(TITLE + ROWS + "\navg = 3 usecs, total: 123 usecs, count: 41\n");
    assertThat(reading.remarks()).isEmpty();
    assertThat(reading.histograms()).extracting(HoldHistogram::totalNs).containsExactly(120_000L);
  }

  @Test
  void theLineBelowTheLastOfSeveralFunctionsIsOfAllOfThem() throws IOException {
    String table =
        "\nFunction = fn_%s\n     usecs   : count     distribution\n  2 -> 63 : %d |*|\n";
    HoldHistogram.Reading reading =
        text(
            "Tracing 2 functions for \"fn_*\"... Hit Ctrl-C to end.\n"
                + table.formatted("a", 20)
                + table.formatted("b", 4)
                + "\navg = 3 usecs, total: 72 usecs, count: 24\n");
    assertThat(reading.histograms())
        .extracting(HoldHistogram::calls, HoldHistogram::totalNs)
        .containsExactly(tuple(20L, null), tuple(4L, null));
    assertThat(reading.remarks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"  9 -> 8 : 5 |*|", "  3 -> 7 : 5 |*|", "  0 -> 1 : 5 |*|"})
  void rowsThatDoNotRiseAreSaidToBeDamaged(String row) throws IOException {
    HoldHistogram.Reading reading = text(TITLE + ROWS + row + "\n  16 -> 31 : 1 |*|\n");
    assertThat(reading.histograms()).extracting(HoldHistogram::calls).containsExactly(41L);
    assertThat(reading.remarks()).anyMatch(remark -> remark.contains("1 row of a table"));
  }

  @Test
  void groupedDigitsAreOneNumber() throws IOException {
    HoldHistogram.Reading reading = text(TITLE + "  1,024 -> 2,047 : 1,234,567 |***|\n");
    assertThat(reading.histograms())
        .singleElement()
        .satisfies(
            table ->
                assertThat(table.buckets())
                    .containsExactly(new HoldHistogram.Bucket(1_024_000, 2_048_000, 1_234_567)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "Tracing 1 functions for \"fn_a\"... Hit Ctrl-C to end.!27",
        "Tracing fn_a... Hit Ctrl-C to end.!27",
        "Tracing fn_a.  Hit Ctrl-C to exit!27",
        "Tracing ext4 operation latency... Hit Ctrl-C to end.!27",
        "# ./funclatency -i 1 fn_a!27",
        "# argdist -H 'r::fn_a():u64:$latency/1000'!27",
        "# argdist -c -H 'r::fn_a():u64:$latency/1000'!15",
        "# argdist -i 1 -c -H 'r::fn_a():u64:$latency/1000'!15",
        "[10:00:01]!15"
      })
  void tablesOfToolsThatBeginEachAtNothingAreAddedUpThoughTheyGrow(String begin, long calls)
      throws IOException {
    String table = "Function = fn_a\n     usecs   : count     distribution\n  2 -> 3 : %d |*|\n\n";
    HoldHistogram.Reading reading = text(begin + "\n" + table.formatted(12) + table.formatted(15));
    assertThat(reading.histograms()).extracting(HoldHistogram::calls).containsExactly(calls);
    assertThat(reading.remarks().stream().filter(remark -> remark.contains("came 2 times")))
        .hasSize(calls == 15 ? 1 : 0);
  }
}
