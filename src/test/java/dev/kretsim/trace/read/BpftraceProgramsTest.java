package dev.kretsim.trace.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.kretsim.trace.histogram.HoldHistogram;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a program stands above the maps it printed, it tells what they mean. */
class BpftraceProgramsTest {
  private static final String PROGRAM =
      "# bpftrace -e 'kprobe:fn_a { @at[tid] = nsecs; } kretprobe:fn_a /@at[tid]/ { %s;"
          + " delete(@at[tid]); }'\nAttaching 2 probes...\n^C\n\n";
  private static final String ROWS = "\n[4, 8)       10 |@@@@|\n\n";

  @TempDir private Path folder;

  private HoldHistogram.Reading text(String text) throws IOException {
    return Holds.of(folder, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "@ = hist(nsecs - @at[tid])!@!1",
        "@ = hist((nsecs - @at[tid]) / 1000)!@!1000",
        "@lat = hist((nsecs - @at[tid])/1000000)!@lat!1000000",
        "@lat = hist((nsecs - @at[tid]) / 1000 / 1000, 2)!@lat!1000000",
        "$d = nsecs - @at[tid]; @d = hist($d / 1e6)!@d!1000000",
        "$d = nsecs - @at[tid]; $ms = $d / 1_000_000; @d = lhist($ms, 0, 9, 1)!@d!1000000",
        "@s = quantize((nsecs - @at[tid]) / 1000)!@s!1000",
        "@us = hist((nsecs - @at[tid]) * 1)!@us!1000",
      })
  void theProgramTellsTheUnitAndTheFunction(String fills, String map, long ns) throws IOException {
    assertThat(text(PROGRAM.formatted(fills) + map + ":" + ROWS).histograms())
        .singleElement()
        .satisfies(
            read -> {
              assertThat(read.function()).isEqualTo("fn_a");
              assertThat(read.buckets())
                  .containsExactly(new HoldHistogram.Bucket(4 * ns, 8 * ns, 10));
            });
  }

  @Test
  void aUnitThatTheMapIsWronglyNamedAfterIsSaidAndNotBelieved() throws IOException {
    HoldHistogram.Reading reading =
        text(PROGRAM.formatted("@ms = hist(nsecs - @at[tid])") + "@ms:" + ROWS);
    assertThat(reading.histograms().get(0).buckets())
        .containsExactly(new HoldHistogram.Bucket(4, 8, 10));
    assertThat(reading.remarks()).anyMatch(remark -> remark.contains("another unit"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "retval",
        "arg2",
        "args->bytes",
        "args.len / 512",
        "(nsecs - @at[tid]) / args.bytes",
        "$n = arg1; @ = hist($n"
      })
  void whatIsNoTimeIsNotPlanned(String value) {
    String fills = value.startsWith("$") ? value + ")" : "@ = hist(" + value + ")";
    assertThatThrownBy(() -> text(PROGRAM.formatted(fills) + "@:" + ROWS))
        .hasMessageContaining("@ counts sizes or numbers, not time");
  }

  @Test
  void aTimeThatTheProgramDidNotMeasureItselfIsTakenByItsName() throws IOException {
    assertThat(text(PROGRAM.formatted("@us = hist(args->wait)") + "@us:" + ROWS).histograms())
        .extracting(HoldHistogram::calls)
        .containsExactly(10L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"comm", "pid, comm", "kstack", "cpu", "str(arg1)"})
  void whateverKeepsCallsOfOneFunctionApartIsAddedUp(String keys) throws IOException {
    String second = keys.startsWith("pid") ? "12, " : "";
    HoldHistogram.Reading reading =
        text(
            PROGRAM.formatted("@ns[" + keys + "] = hist(nsecs - @at[tid])")
                + ("@ns[" + second + "cat]:" + ROWS)
                + ("@ns[" + second + "dd]:" + ROWS));
    assertThat(reading.histograms())
        .extracting(HoldHistogram::function, HoldHistogram::calls)
        .containsExactly(tuple("fn_a", 20L));
    assertThat(reading.remarks()).anyMatch(remark -> remark.contains("added up: @ns["));
  }

  @Test
  void theKeyThatIsTheFunctionKeepsApart() throws IOException {
    String program =
        PROGRAM
            .replace("kretprobe:fn_a", "kretprobe:fn_a, kretprobe:fn_b")
            .formatted("@ns[comm, probe] = hist(nsecs - @at[tid])");
    assertThat(
            text(program
                    + ("@ns[cat, kretprobe:fn_a]:" + ROWS)
                    + ("@ns[dd, kretprobe:fn_a]:" + ROWS)
                    + ("@ns[dd, kretprobe:fn_b]:" + ROWS))
                .histograms())
        .extracting(HoldHistogram::function, HoldHistogram::calls)
        .containsExactly(tuple("fn_a", 20L), tuple("fn_b", 10L));
  }

  @Test
  void aProgramAtSeveralFunctionsNamesNone() throws IOException {
    String program =
        PROGRAM
            .replace("kretprobe:fn_a", "kretprobe:fn_a,\nkretprobe:fn_b")
            .formatted("@ns = hist(nsecs - @at[tid])");
    assertThat(text(program + "@ns:" + ROWS).histograms())
        .extracting(HoldHistogram::function)
        .containsExactly((String) null);
  }

  @Test
  void aScriptOfManyLinesIsReadLikeOneOfOne() throws IOException {
    String script =
        "#!/usr/bin/env bpftrace\nkprobe:fn_a\n{\n\t@at[tid] = nsecs;\n}\n\nkretprobe:fn_a\n"
            + "/@at[tid]/\n{\n\t$lat = (nsecs - @at[tid]) / 1000;\n\t@[comm] = hist($lat);\n}\n\n"
            + "Attaching 2 probes...\n";
    HoldHistogram.Reading reading = text(script + "@[cat]:" + ROWS);
    assertThat(reading.histograms().get(0).buckets())
        .containsExactly(new HoldHistogram.Bucket(4_000, 8_000, 10));
    assertThat(reading.histograms().get(0).function()).isEqualTo("fn_a");
    assertThat(reading.remarks()).isEmpty();
  }

  @Test
  void anEarlierProgramTellsNothingOfALaterOnesMaps() throws IOException {
    String first = PROGRAM.formatted("@lat = hist((nsecs - @at[tid]) / 1000)") + "@lat:" + ROWS;
    String second = PROGRAM.replace("fn_a", "fn_b").formatted("@lat = hist(nsecs - @at[tid])");
    assertThat(text(first + second + "@lat:" + ROWS).histograms())
        .extracting(HoldHistogram::function, table -> table.buckets().get(0).fromNs())
        .containsExactly(tuple("fn_a", 4_000L), tuple("fn_b", 4L));
  }

  @Test
  void aMapWithoutAUnitThatHoldsValuesBelowZeroTellsNoTimes() throws IOException {
    String rows = ":\n(..., 0)      3 |@@|" + ROWS;
    assertThatThrownBy(() -> text("@[fn_a]" + rows)).hasMessageContaining("not time");
    assertThat(text("@us[fn_a]" + rows).histograms())
        .extracting(HoldHistogram::calls)
        .containsExactly(10L);
  }

  @Test
  void aKeyThatCanBeNoFunctionIsSaidToBeNone() throws IOException {
    assertThat(text("@us[kworker/0:1]:" + ROWS).remarks())
        .singleElement()
        .asString()
        .contains("kworker/0:1 is what the map keeps apart");
    assertThat(text("@us[fn_a.isra.0]:" + ROWS).remarks()).isEmpty();
  }
}
