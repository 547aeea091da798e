package dev.kretsim.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers read as people write them. */
class QuantityTest {
  @ParameterizedTest
  @CsvSource({"0, 0 ns", "850, 850 ns", "1500, 1.50 us", "43650180, 43.7 ms", "1490000000, 1.49 s"})
  void durationsTakeTheLargestUnitThatLeavesAtLeastOne(long ns, String text) {
    assertThat(Quantity.duration(ns)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"16, 16 B", "8192, 8.00 KiB", "5000000, 4.77 MiB"})
  void bytesCountInPowersOfTwo(long bytes, String text) {
    assertThat(Quantity.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "12e6, 12.0M/s",
    "51.68, 51.7/s",
    "0.1, 0.10/s",
    "0.05, 180/h",
    "1e-7, less than 0.01/h"
  })
  void whatIsRareIsToldByTheHour(double perSecond, String text) {
    assertThat(Quantity.rate(perSecond)).isEqualTo(text);
  }

  @Test
  void tablesAlignNumbersToTheRight() {
    String table = new TextTable().row("a", "n", "").row("bb", "100", "#").render(" ");
    assertThat(table).isEqualTo(" a     n\n bb  100  #\n");
  }
}
