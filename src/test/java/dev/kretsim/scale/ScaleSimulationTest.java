package dev.kretsim.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolDesigns;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shape of published measurements: the freelist collapses, the objpool does not. */
class ScaleSimulationTest {
  private static final MachineModel MACHINE = MachineModel.XEON_8260;
  private static final int INSTANCES = 384;

  private static double ops(PoolDesign pool, int threads) {
    return ScaleSimulation.run(MACHINE, pool, threads, INSTANCES, 5, 1).opsPerSecond();
  }

  @Test
  void theFreelistGetsSlowerWithEveryThreadAsMeasured() {
    double alone = ops(PoolDesigns.FREELIST, 1);
    // Published for this machine: 23.8 M alone, 3.3 M with 4 threads, 1.5 M with 8.
    assertThat(ops(PoolDesigns.FREELIST, 4)).isLessThan(alone / 3);
    assertThat(ops(PoolDesigns.FREELIST, 8)).isLessThan(alone / 6);
  }

  @Test
  void theObjpoolGrowsWithItsThreads() {
    double alone = ops(PoolDesigns.OBJPOOL, 1);
    assertThat(ops(PoolDesigns.OBJPOOL, 8) / alone).isCloseTo(8, within(0.8));
    assertThat(ops(PoolDesigns.OBJPOOL, 48) / alone).isCloseTo(48, within(5.0));
  }

  @Test
  void theListUnderALockIsNoFasterWithMoreThreads() {
    assertThat(ops(PoolDesigns.HLIST, 8)).isLessThan(ops(PoolDesigns.HLIST, 1) / 2);
  }

  @Test
  void instancesRunShortExactlyWhenThereAreFewerThanThreads() {
    assertThat(ScaleSimulation.run(MACHINE, PoolDesigns.HLIST, 8, 8, 500, 1).missedRatio())
        .isZero();
    assertThat(ScaleSimulation.run(MACHINE, PoolDesigns.HLIST, 8, 2, 500, 1).missedRatio())
        .isBetween(0.1, 0.95);
  }

  static List<PoolDesign> simulatedPools() {
    return PoolDesigns.shipped().stream().filter(pool -> !pool.realMemoryOnly()).toList();
  }

  @ParameterizedTest
  @MethodSource("simulatedPools")
  void theSameSeedGivesTheSamePoint(PoolDesign pool) {
    assertThat(ScaleSimulation.run(MACHINE, pool, 6, 16, 50, 9))
        .isEqualTo(ScaleSimulation.run(MACHINE, pool, 6, 16, 50, 9));
  }

  @Test
  void aFreeTransferWouldLetTheFreelistScaleSoItIsTransfersThatCollapseIt() {
    // Negative control: with work that dwarfs every transfer, eight threads are eight times one.
    double alone =
        ScaleSimulation.run(MACHINE, PoolDesigns.FREELIST, 1, 64, 50_000, 1).opsPerSecond();
    double eight =
        ScaleSimulation.run(MACHINE, PoolDesigns.FREELIST, 8, 64, 50_000, 1).opsPerSecond();
    assertThat(eight / alone).isCloseTo(8, within(0.2));
  }

  @Test
  void whatTheMachineCannotRunIsRefused() {
    assertThatThrownBy(() -> ops(PoolDesigns.FREELIST, 49))
        .hasMessage("threads must be in [1, 48]: threads=49");
    assertThatThrownBy(() -> ops(PoolDesigns.MPMC, 1))
        .hasMessage("mpmc runs on real memory only: pool=mpmc");
  }
}
