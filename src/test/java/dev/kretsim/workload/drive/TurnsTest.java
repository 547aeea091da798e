package dev.kretsim.workload.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose turn it is, against a look at all CPUs. */
class TurnsTest {
  @ParameterizedTest(name = "{0} CPUs")
  @ValueSource(ints = {1, 2, 3, 4, 5, 63, 64, 65, 1000})
  void theLowestOfTheFirstIsNext(int cpus) {
    SplittableRandom random = new SplittableRandom(cpus);
    Turns turns = new Turns(cpus);
    long[] times = new long[cpus];
    for (int change = 0; change < 2000; change++) {
      int cpu = random.nextInt(cpus);
      times[cpu] = random.nextInt(10) == 0 ? CpuLoop.NEVER : random.nextInt(50);
      turns.set(cpu, times[cpu]);
      int first = 0;
      for (int other = 1; other < cpus; other++) {
        first = times[other] < times[first] ? other : first;
      }
      assertThat(turns.next()).isEqualTo(first);
      assertThat(turns.of(cpu)).isEqualTo(times[cpu]);
    }
  }
}
