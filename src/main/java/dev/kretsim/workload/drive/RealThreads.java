package dev.kretsim.workload.drive;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.Rcu;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One Java thread for each CPU: nothing about the races is simulated. Time is the machine's own; a
 * spinning function spins.
 */
public final class RealThreads extends Driver {
  /** The longest duration that a load may have. */
  public static final long LONGEST_NS = 600_000_000_000L;

  /** The calls that are under way then may take so much longer. */
  private static final long LAST_CALLS_NS = 60_000_000_000L;

  /** An idle CPU looks for mail at least this often. */
  private static final long LONGEST_NAP_NS = 50_000;

  /** Sleeping is coarser than this; waiting for less is done by looking at the clock. */
  private static final long SHORTEST_NAP_NS = 20_000;

  private final long startNs = System.nanoTime();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  @Override
  public LongSupplier clock() {
    return () -> System.nanoTime() - startNs;
  }

  @Override
  public long run(Machine machine, List<Kthread> threads, Agenda agenda) {
    Fleet fleet = new Fleet(machine, mailed -> {});
    fleet.start(threads);
    List<Thread> cpus = new ArrayList<>();
    for (CpuLoop loop : fleet.loops()) {
      Agenda own = loop.cpu().id() == 0 ? agenda : new Agenda(List.of());
      Thread cpu = new Thread(() -> drive(loop, fleet, own), "cpu" + loop.cpu().id());
      cpu.setDaemon(true);
      cpus.add(cpu);
    }
    cpus.forEach(Thread::start);
    cpus.forEach(RealThreads::join);
    Throwable failed = failure.get();
    if (failed instanceof RuntimeException asItWas) {
      throw asItWas;
    }
    if (failed != null) {
      throw new IllegalStateException("a CPU's thread failed", failed);
    }
    long elapsedNs = clock().getAsLong();
    fleet.gracePeriods().endAll();
    return elapsedNs;
  }

  private void drive(CpuLoop loop, Fleet fleet, Agenda agenda) {
    int cpu = loop.cpu().id();
    Rcu rcu = loop.cpu().machine().rcu();
    try {
      while (!fleet.finished() && failure.get() == null) {
        rcu.quiescent(cpu);
        long now = clock().getAsLong();
        if (now > LONGEST_NS + LAST_CALLS_NS) {
          throw new BadInputException(
              "the run has no end within 11 minutes of real time; ask for fewer calls or tasks, or"
                  + " for a --duration");
        }
        long entry = agenda.turn(now, fleet);
        if (cpu == 0) {
          fleet.gracePeriods().turn(now);
        }
        long next = Math.min(loop.turn(now), entry);
        if (next > now) {
          rest(loop, next);
        }
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    } finally {
      rcu.stopped(cpu);
    }
  }

  private void rest(CpuLoop loop, long untilNs) {
    long left = untilNs - clock().getAsLong();
    if (loop.idle() && left > SHORTEST_NAP_NS && !loop.hasMail()) {
      LockSupport.parkNanos(Math.min(left, LONGEST_NAP_NS));
    } else {
      Thread.onSpinWait();
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
