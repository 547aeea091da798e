package dev.kretsim.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.lock.LockDesigns;
import dev.kretsim.pool.PoolDesigns;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** Many points at once. */
class StudyTest {
  private static final Study STUDY =
      new Study(Machines.of("graviton2"), Workload.loop(50), LockDesigns.QUEUED, 64, 7);

  private static List<Study.Estimate> with(int workers)
      throws ExecutionException, InterruptedException {
    ForkJoinPool pool = new ForkJoinPool(workers);
    try {
      return pool.submit(
              () ->
                  STUDY.of(
                      List.of(PoolDesigns.HLIST, PoolDesigns.FREELIST, PoolDesigns.OBJPOOL),
                      List.of(Placement.SPREAD, Placement.COMPACT),
                      List.of(1, 2, 5)))
          .get();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void theNumberOfWorkersDoesNotMatter() throws ExecutionException, InterruptedException {
    List<Study.Estimate> alone = with(1);
    assertThat(alone).hasSize(18);
    assertThat(with(5)).isEqualTo(alone);
  }

  @Test
  void whereNobodyWaitsAnUncalibratedMachineHasNoBand()
      throws ExecutionException, InterruptedException {
    assertThat(with(2))
        .allSatisfy(
            one -> {
              double speed = one.point().opsPerSecond();
              assertThat(one.low()).isLessThanOrEqualTo(speed);
              assertThat(one.high()).isGreaterThanOrEqualTo(speed);
              if (one.point().stalledShare() == 0) {
                assertThat(one.low()).isEqualTo(one.high());
              }
            });
  }

  @Test
  void placementsOnTheSameCpusAreOnePoint() {
    Machine twoSockets = Machines.of("xeon8260");
    List<Study.Estimate> all =
        new Study(twoSockets, Workload.loop(50), LockDesigns.QUEUED, 192, 7)
            .of(
                List.of(PoolDesigns.FREELIST),
                List.of(Placement.SPREAD, Placement.COMPACT),
                List.of(1, 2, 96));
    Point alone = all.get(0).point();
    Point two = all.get(1).point();
    Point crowd = all.get(2).point();
    assertThat(all.get(3).point()).isEqualTo(alone.placed(Placement.COMPACT));
    assertThat(all.get(4).point()).isNotEqualTo(two.placed(Placement.COMPACT));
    assertThat(all.get(5).point()).isEqualTo(crowd.placed(Placement.COMPACT));
  }
}
