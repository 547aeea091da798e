package dev.kretsim.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.lock.LockDesigns;
import dev.kretsim.pool.PoolDesigns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
  void aMatrixOfEqualDistancesIsAsThatDistance() throws IOException {
    String matrix = MachinesTest.SMALL.replace("sameDie: 30\n", "matrix: [[0, 30], [30, 0]]\n");
    assertThat(figures(matrix)).isEqualTo(figures(MachinesTest.SMALL));
  }

  private static List<List<Double>> figures(String yaml) throws IOException {
    Machine machine =
        Machines.read("m", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    return new Study(machine, Workload.loop(0), LockDesigns.QUEUED, 8, 1)
        .of(List.of(PoolDesigns.FREELIST), List.of(Placement.SPREAD), List.of(2)).stream()
            .map(one -> List.of(one.point().opsPerSecond(), one.low(), one.high()))
            .toList();
  }

  @Test
  void whereThreadsWantForInstancesNothingIsValidated() {
    Machine xeon = Machines.of("xeon8260");
    for (int instances : new int[] {1, 2}) {
      assertThat(
              new Study(xeon, Workload.hits(880), LockDesigns.QUEUED, instances, 1)
                  .of(List.of(PoolDesigns.FREELIST), List.of(Placement.SPREAD), List.of(2))
                  .get(0)
                  .validated())
          .isEqualTo(instances == 2);
    }
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
