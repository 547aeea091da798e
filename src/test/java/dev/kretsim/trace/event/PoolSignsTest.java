package dev.kretsim.trace.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.trace.CallsOf;
import dev.kretsim.trace.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trace that was taken with too small a pool is recognised. */
class PoolSignsTest {
  private static List<String> warnings(String text) {
    return CallsOf.reading(text).findings().remarks().stream()
        .filter(remark -> remark.contains("too few instances"))
        .toList();
  }

  /** The recorded trace without the lines of some of its return probes. */
  private static String recordedWithout(String... events) {
    StringBuilder text = new StringBuilder();
    for (String line : Samples.text("events-small-pools.txt").lines().toList()) {
      boolean left = true;
      for (String event : events) {
        left &= !line.contains(": " + event + ": ");
      }
      text.append(left && !line.contains("entries-written") ? line + "\n" : "");
    }
    return text.toString();
  }

  @Test
  void theRecordedPoolsOfTwoAndSixAreRecognised() {
    assertThat(warnings(recordedWithout("b")))
        .singleElement()
        .asString()
        .contains("8 calls", "maxactive 2;");
    assertThat(warnings(recordedWithout("a")))
        .singleElement()
        .asString()
        .contains("4 calls", "maxactive 6;");
  }

  @Test
  void returnsThatAnyProbeShowsCountOnce() {
    String both = Samples.text("events-small-pools.txt");
    assertThat(warnings(both)).singleElement().asString().contains("4 calls", "maxactive 6;");
    assertThat(CallsOf.in(both).split("-0", -1)).hasSize(1 + 6);
    assertThat(CallsOf.reading(both).findings().unpairedExits()).containsExactly(0L);
  }

  /** Calls of one-shot tasks that arrive at random; a pool decides whose return is shown. */
  private static String trace(int seed, int size, int calls, boolean toTheEnd) {
    SplittableRandom random = new SplittableRandom(seed);
    record Event(int micros, int task, boolean entry) {}
    List<Event> events = new ArrayList<>();
    int now = 0;
    for (int task = 1; task <= calls; task++) {
      now += 2 * random.nextInt(1, 40);
      events.add(new Event(now, task, true));
      events.add(new Event(now + 1 + 2 * random.nextInt(10, 150), task, false));
    }
    events.sort((a, b) -> Integer.compare(a.micros(), b.micros()));
    StringBuilder text = new StringBuilder();
    List<Integer> holding = new ArrayList<>();
    for (Event event : events.subList(0, toTheEnd ? events.size() : events.size() * 3 / 4)) {
      boolean shown = event.entry() || holding.remove(Integer.valueOf(event.task()));
      if (event.entry() && holding.size() < size) {
        holding.add(event.task());
      }
      String what = event.entry() ? "in: (f+0x0/0x9)" : "out: (g+0x1/0x9 <- f)";
      text.append(
          shown
              ? String.format(
                  Locale.ROOT, "t-%d [0] 0.%06d: %s%n", event.task(), event.micros(), what)
              : "");
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void anyPoolThatMissedIsRecognisedInAWholeTrace(int size) {
    for (int seed = 0; seed < 50; seed++) {
      assertThat(warnings(trace(seed, size, 60, true)))
          .as("seed %d", seed)
          .singleElement()
          .asString()
          .contains("maxactive " + size + ";");
    }
  }

  @Test
  void callsInsideAtTheEndOfATraceAreNoSign() {
    int warned = 0;
    for (int seed = 0; seed < 200; seed++) {
      assertThat(warnings(trace(seed, 1000, 60, true))).as("seed %d", seed).isEmpty();
      warned += warnings(trace(seed, 1000, 60, false)).size();
    }
    assertThat(warned).as("of 200 traces that stop in the middle").isLessThanOrEqualTo(4);
  }
}
