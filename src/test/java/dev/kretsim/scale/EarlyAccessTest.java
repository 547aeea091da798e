package dev.kretsim.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.interleave.Interleaving;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolDesigns;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Accesses that hit whatever others do are made ahead of these, which nobody may notice. */
class EarlyAccessTest {
  private static final List<String> MACHINES = List.of("xeon8260", "kunpeng920", "laptop2");
  private static final int TURNS = 24;
  private static final List<PoolDesign> POOLS =
      List.of(PoolDesigns.HLIST, PoolDesigns.FREELIST, PoolDesigns.OBJPOOL, PoolDesigns.RING);

  private static Simulation.Setup setup(PoolDesign pool, SplittableRandom random) {
    Machine machine = Machines.of(MACHINES.get(random.nextInt(MACHINES.size())));
    int threads = 1 + random.nextInt(Math.min(8, machine.cpus()));
    double work = random.nextInt(3) == 0 ? 2000 : 5 + random.nextInt(200);
    Workload workload =
        switch (random.nextInt(3)) {
          case 0 -> Workload.hits(work);
          case 1 -> Workload.raw(1 + random.nextInt(3), work);
          default -> Workload.loop(work);
        };
    return new Simulation.Setup(
        machine,
        pool,
        LockDesigns.TICKET,
        threads,
        random.nextBoolean() ? Placement.COMPACT : Placement.SPREAD,
        threads * workload.bulk() + random.nextInt(20),
        workload,
        random.nextLong());
  }

  /**
   * Accesses are counted as they are made, and a run ends with a count of them. So not all runs are
   * the same to the last bit; most are.
   */
  @Test
  void allComesOutAsIfEveryAccessWereMadeInTurn() {
    SplittableRandom random = new SplittableRandom(1);
    int same = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      Simulation.Setup setup = setup(POOLS.get(turn % POOLS.size()), random);
      Point early = Simulation.run(setup, new Interleaving(), true);
      Point inTurn = Simulation.run(setup, new Interleaving(), false);
      assertThat(early.opsPerSecond())
          .as("%s", setup)
          .isCloseTo(inTurn.opsPerSecond(), withinPercentage(0.5));
      same += early.equals(inTurn) ? 1 : 0;
    }
    assertThat(same).isGreaterThanOrEqualTo(TURNS - 4);
  }
}
