package dev.kretsim.workload.drive;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.machine.Machine;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * All CPUs on one thread, each at its moment: the clock jumps to whatever happens next, so sleeping
 * costs nothing and the same seed gives the same run to the last bit. A hit takes no time.
 */
public final class VirtualTime extends Driver {
  /** So many take seconds; a run of more was hardly meant. */
  private static final long MOST_STEPS = 80_000_000;

  /** To look for an instance, or an idle CPU, on so many CPUs costs as much as a step. */
  private static final int CPUS_OF_A_STEP = 100;

  private final AtomicLong stepsLeft;
  private int costOfStep = 1;
  private long now;

  /** With as many steps as one command may take. */
  public VirtualTime() {
    this(allowance());
  }

  /**
   * @param stepsLeft how many steps may be taken, taken from as they are; several runs may share it
   */
  public VirtualTime(AtomicLong stepsLeft) {
    this.stepsLeft = stepsLeft;
  }

  /** {@return as many steps as a command may take in all its runs} */
  public static AtomicLong allowance() {
    return new AtomicLong(MOST_STEPS);
  }

  @Override
  public LongSupplier clock() {
    return () -> now;
  }

  @Override
  public long run(Machine machine, List<Kthread> threads, Agenda agenda) {
    int cpus = machine.spec().onlineCpus();
    costOfStep = 1 + cpus / CPUS_OF_A_STEP;
    Turns turns = new Turns(cpus);
    Fleet fleet = new Fleet(machine, mailed -> wake(turns, mailed.cpu().id()));
    fleet.start(threads);
    GracePeriods gracePeriods = fleet.gracePeriods();
    long nextEntry = agenda.turn(now, fleet);
    while (!fleet.finished()) {
      int cpu = turns.next();
      long nextEnd = gracePeriods.turn(now);
      long next = Math.min(nextEntry, nextEnd);
      if (next <= turns.of(cpu) && next != CpuLoop.NEVER) {
        now = Math.max(now, next);
        gracePeriods.turn(now);
        nextEntry = agenda.turn(now, fleet);
        continue;
      }
      if (turns.of(cpu) == CpuLoop.NEVER) {
        throw new IllegalStateException("no thread can run again, but some have not exited");
      }
      now = Math.max(now, turns.of(cpu));
      CpuLoop loop = fleet.loops().get(cpu);
      turns.set(cpu, loop.turn(now));
      pay(loop.steps());
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

  @Override
  public void pay(long steps) {
    if (stepsLeft.addAndGet(-steps * costOfStep) < 0) {
      throw new BadInputException(
          "the run has no end within %d steps of its functions; ask for fewer calls, tasks, CPUs or"
                  .formatted(MOST_STEPS / costOfStep)
              + " values of maxactive, or for a shorter duration");
    }
  }

  private void wake(Turns turns, int cpu) {
    turns.set(cpu, Math.min(turns.of(cpu), now));
  }
}
