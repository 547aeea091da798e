package dev.kretsim.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.benchmarks.peer.Contender;
import dev.kretsim.benchmarks.peer.Contenders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

/** Every contender does what the benchmarks ask, and counts what it does. */
class ContendersTest {
  private static final int CAPACITY = 16;

  static Iterable<String> names() {
    return Contenders.names();
  }

  @Test
  void theBenchmarkIsAboutAllOfThem() throws Exception {
    Param param = PoolBenchmark.class.getDeclaredField("design").getAnnotation(Param.class);
    assertThat(param.value()).containsExactlyElementsOf(Contenders.names());
  }

  @Test
  void whereNothingIsMeasuredAnInstanceIsHadAndGivenBackAsEverywhere() {
    Contender nothing = Contenders.create(Contenders.NOTHING, CAPACITY, 2);
    for (int cpu = 0; cpu < 2; cpu++) {
      nothing.join(cpu);
      assertThat(nothing.takeAndGive(cpu, 0)).isTrue();
    }
    assertThat(nothing.free()).isEqualTo(CAPACITY);
    nothing.close();
  }

  @ParameterizedTest
  @MethodSource("names")
  void handsOutAllItHasAndMissesTheRest(String name) {
    Contender contender = Contenders.create(name, CAPACITY, 1);
    contender.join(0);
    assertThat(contender.free()).isEqualTo(CAPACITY);
    for (int round = 0; round < 100; round++) {
      assertThat(contender.takeAndGive(0, 0)).isTrue();
      int few = contender.takeAndGiveMany(0, 8);
      int all = contender.takeAndGiveMany(0, CAPACITY + 8);
      if (name.startsWith("STORMPOT")) {
        // Asked with no time to wait, it gives up at the first taken one that it meets.
        assertThat(few).isBetween(1, 8);
        assertThat(all).isBetween(1, CAPACITY);
      } else {
        assertThat(few).isEqualTo(8);
        assertThat(all).isEqualTo(name.endsWith("NEVER_MISSES") ? CAPACITY + 8 : CAPACITY);
      }
    }
    assertThat(contender.free()).isEqualTo(CAPACITY);
    contender.close();
  }
}
