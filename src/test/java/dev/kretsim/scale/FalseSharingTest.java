package dev.kretsim.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.lock.LockDesigns;
import dev.kretsim.pool.PublishedDesigns;
import org.junit.jupiter.api.Test;

/** What the array that published raw loops write does to pools of which each CPU has its own. */
class FalseSharingTest {
  private static final Machine XEON = Machines.of("xeon8260");
  private static final Machine KUNPENG = Machines.of("kunpeng920");

  /** Four instances for each of 96 CPUs: 16 ids lie in 64 bytes. */
  private static final int FOUR_EACH = 384;

  private static final int A_LINE_EACH = 1536;

  private static double speed(Machine machine, boolean inBlocks, int instances, int threads) {
    return Simulation.run(
            new Simulation.Setup(
                machine,
                PublishedDesigns.named("flpc", inBlocks).orElseThrow(),
                LockDesigns.QUEUED,
                threads,
                Placement.STEPPED,
                instances,
                Workload.raw(1, 10),
                1))
        .opsPerSecond();
  }

  @Test
  void blocksOfNeighboursDoNotShareLinesUpToEveryFourthCpu() {
    assertThat(speed(XEON, true, FOUR_EACH, 24))
        .isGreaterThan(11 * speed(XEON, true, FOUR_EACH, 2));
  }

  @Test
  void fromEveryThirdCpuOnNeighboursTakeLinesFromEachOther() {
    double before = speed(XEON, true, FOUR_EACH, 24);
    assertThat(speed(XEON, true, FOUR_EACH, 32)).isLessThan(0.7 * before);
    assertThat(speed(XEON, true, FOUR_EACH, 48)).isLessThan(0.5 * before);
  }

  @Test
  void withoutTheLinesAheadTheFallIsNearlyInvisible() {
    Machine other = XEON.withoutLinesAhead();
    assertThat(speed(other, true, FOUR_EACH, 48))
        .isGreaterThan(0.6 * speed(other, true, FOUR_EACH, 24));
  }

  @Test
  void withALineEachNothingFalls() {
    assertThat(speed(XEON, true, A_LINE_EACH, 48))
        .isGreaterThan(1.9 * speed(XEON, true, A_LINE_EACH, 24));
  }

  @Test
  void dealtByTurnsNeighboursShareLinesWithFewThreadsAlready() {
    assertThat(speed(XEON, false, FOUR_EACH, 24))
        .isLessThan(0.3 * speed(XEON, true, FOUR_EACH, 24));
  }

  @Test
  void withWiderLinesTheKneeComesWithFewerThreads() {
    double alone = speed(KUNPENG, true, FOUR_EACH, 1);
    assertThat(speed(KUNPENG, true, FOUR_EACH, 12)).isGreaterThan(11.5 * alone);
    assertThat(speed(KUNPENG, true, FOUR_EACH, 16)).isLessThan(14.5 * alone);
  }
}
