package dev.kretsim.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.pool.InstancePool;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ring that is written again without {@code Memory} still is the ring that ships. */
class DirectRingTest {
  private static final int OPERATIONS = 20_000;

  @ParameterizedTest(name = "capacity {0}, {1} CPUs")
  @CsvSource({"1,1", "1,3", "2,2", "7,3", "16,2", "64,5", "1000,4"})
  void itHandsOutWhatTheOtherHandsOut(int capacity, int cpus) {
    InstancePool ships = Design.of("RING").create(capacity, cpus);
    InstancePool direct = new DirectRing(capacity, cpus);
    SplittableRandom random = new SplittableRandom(capacity);
    List<Integer> held = new ArrayList<>();
    for (int operation = 0; operation < OPERATIONS; operation++) {
      int cpu = random.nextInt(cpus);
      if (held.isEmpty() || random.nextBoolean()) {
        int instance = ships.pop(cpu);
        assertThat(direct.pop(cpu)).as("operation %d", operation).isEqualTo(instance);
        if (instance != InstancePool.MISSED) {
          held.add(instance);
        }
      } else {
        int back = held.remove(random.nextInt(held.size()));
        ships.push(cpu, back);
        direct.push(cpu, back);
      }
      assertThat(direct.free()).isEqualTo(ships.free());
    }
  }
}
