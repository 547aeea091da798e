package dev.kretsim.workload.drive;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.machine.Machine;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * All CPUs on one thread, each at its moment: the clock jumps to whatever happens next, so sleeping
 * costs nothing and the same seed gives the same run to the last bit. A hit takes no time.
 */
public final class VirtualTime extends Driver {
  /** A run takes seconds; one that takes more than some tens of them was hardly meant. */
  private static final long MOST_WORK = 40_000_000;

  /** To find the next one of so many CPUs costs as much as a step. */
  private static final int CPUS_OF_A_STEP = 400;

  private long now;

  @Override
  public LongSupplier clock() {
    return () -> now;
  }

  @Override
  public long run(Machine machine, List<Kthread> threads, Agenda agenda) {
    long[] nextTurn = new long[machine.spec().onlineCpus()];
    Arrays.fill(nextTurn, 0);
    Fleet fleet = new Fleet(machine, mailed -> wake(nextTurn, mailed.cpu().id()));
    fleet.start(threads);
    GracePeriods gracePeriods = fleet.gracePeriods();
    long nextEntry = agenda.turn(now, fleet);
    long work = 0;
    int perTurn = 1 + nextTurn.length / CPUS_OF_A_STEP;
    while (!fleet.finished()) {
      int cpu = earliest(nextTurn);
      long nextEnd = gracePeriods.turn(now);
      long next = Math.min(nextEntry, nextEnd);
      if (next <= nextTurn[cpu] && next != CpuLoop.NEVER) {
        now = Math.max(now, next);
        gracePeriods.turn(now);
        nextEntry = agenda.turn(now, fleet);
        continue;
      }
      if (nextTurn[cpu] == CpuLoop.NEVER) {
        throw new IllegalStateException("no thread can run again, but some have not exited");
      }
      work += perTurn;
      if (work > MOST_WORK) {
        throw new BadInputException(
            "the run has no end within "
                + work / perTurn
                + " steps of its CPUs; ask for fewer calls, tasks or CPUs, or for a shorter"
                + " duration");
      }
      now = Math.max(now, nextTurn[cpu]);
      nextTurn[cpu] = fleet.loops().get(cpu).turn(now);
    }
    gracePeriods.endAll();
    return now;
  }

  /**
   * Has nothing run until a time; nothing happens if that is past.
   *
   * @param ns nanoseconds from the start
   */
  public void sleepUntil(long ns) {
    now = Math.max(now, ns);
  }

  private void wake(long[] nextTurn, int cpu) {
    nextTurn[cpu] = Math.min(nextTurn[cpu], now);
  }

  // A scan: machines with so many CPUs that a heap would win are far beyond what is run here.
  private static int earliest(long[] nextTurn) {
    int best = 0;
    for (int cpu = 1; cpu < nextTurn.length; cpu++) {
      if (nextTurn[cpu] < nextTurn[best]) {
        best = cpu;
      }
    }
    return best;
  }
}
