package dev.kretsim.trace.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.trace.CallsOf;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs whose stamps are of a clock that counts no nanoseconds; durations always are. */
class StampClockTest {
  private static final int CALLS = 20;
  private static final int HOLD_US = 40;

  private static String line(double micros, String duration, String call) {
    return String.format(
        Locale.ROOT, " %.6f |   0)    wl-1   | %-13s |  %s%n", micros / 1e6, duration, call);
  }

  /** Calls of 40 us, every 100 us, by a clock that goes so many times as fast as time. */
  private static String calls(double speed, boolean leaf) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < CALLS; i++) {
      double from = 100 * i;
      String took = "+ " + HOLD_US + ".000 us ";
      if (leaf) {
        text.append(line(speed * from, took, "f();"));
        text.append(line(speed * (from + HOLD_US), "  0.500 us ", "g();"));
      } else {
        text.append(line(speed * from, "", "f() {"));
        text.append(line(speed * (from + HOLD_US), took, "}"));
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void stampsThatCountNoTimeAreRefused(boolean leaf) {
    assertThatThrownBy(() -> CallsOf.in(calls(0.02, leaf)))
        .hasMessageContaining("the stamps are no times")
        .hasMessageContaining("trace_clock");
    assertThat(CallsOf.reading(calls(1, leaf)).findings().remarks()).isEmpty();
  }

  @Test
  void stampsThatRunFasterThanTimeAreSaid() {
    assertThat(CallsOf.reading(calls(3, false)).findings().remarks())
        .singleElement()
        .asString()
        .contains("warning", "3.0 times as long", "x86-tsc");
  }
}
