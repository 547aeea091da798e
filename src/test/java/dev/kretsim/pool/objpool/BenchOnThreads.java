package dev.kretsim.pool.objpool;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.memory.InterruptingMemory;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.memory.explore.Operation;
import dev.kretsim.testkit.PoolUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A bench with a real thread for each CPU, which does a fixed number of rounds. Interrupts come in
 * between two accesses of the CPU's own thread, unless its interrupts are off.
 *
 * <p>All CPUs meet once while they hold what they could get: at first, so that they overlap for
 * certain; in asynchronous cases at last, so that the pool is retired while objects are out.
 */
final class BenchOnThreads {
  private static final long PATIENCE_S = 120;
  private static final long DELAY_NS = 200_000;
  private static final int ROUNDS_PER_YIELD = 64;

  /** Accesses between two interrupts, on average. */
  private static final int TIMER_ACCESSES = 100;

  private final ThreadLocal<@Nullable Cpu> current = new ThreadLocal<>();
  private final ObjpoolBench bench;
  private final int rounds;
  private final AtomicInteger met = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean mayRetire;
  private volatile boolean retired;

  private BenchOnThreads(ObjpoolCase which, PoolUnderTest design, int cpus, int rounds) {
    this.rounds = rounds;
    Memory.Factory memories =
        layout -> new InterruptingMemory(new RealMemory(layout), this::chanceOfInterrupt);
    bench = new ObjpoolBench(which, design, new CpuContexts(cpus, RealMemory::new), memories);
  }

  /**
   * Runs a case to its end.
   *
   * @throws AssertionError if a promise is broken, or the pool gets stuck or breaks down
   */
  static ObjpoolBench.Outcome run(
      ObjpoolCase which, PoolUnderTest design, int cpus, int rounds, long seed)
      throws InterruptedException {
    try {
      return new BenchOnThreads(which, design, cpus, rounds).run(seed);
    } catch (AssertionError breach) {
      throw new AssertionError(
          "%s: %s %s cpus=%d seed=%d".formatted(breach.getMessage(), design, which, cpus, seed),
          breach);
    }
  }

  private ObjpoolBench.Outcome run(long seed) throws InterruptedException {
    List<Cpu> cpus = new ArrayList<>();
    for (int cpu = 0; cpu < bench.cpus(); cpu++) {
      cpus.add(new Cpu(cpu, seed + cpu));
    }
    cpus.forEach(Thread::start);
    if (bench.which().async()) {
      await(() -> met.get() == bench.cpus());
      bench.stop();
      bench.awaitGracePeriod();
      mayRetire = true;
    }
    for (Cpu cpu : cpus) {
      cpu.join(TimeUnit.SECONDS.toMillis(PATIENCE_S));
      if (cpu.isAlive()) {
        throw new AssertionError("a cpu hangs");
      }
    }
    Throwable broken = failure.get();
    if (broken != null) {
      throw new AssertionError(broken.toString(), broken);
    }
    if (!bench.which().async()) {
      bench.retire(0);
    }
    return bench.close();
  }

  private void chanceOfInterrupt() {
    Cpu cpu = current.get();
    if (cpu != null) {
      cpu.chanceOfInterrupt();
    }
  }

  /** Interrupts go on coming while a CPU waits; a failure elsewhere ends the wait. */
  @SuppressWarnings("ThreadPriorityCheck") // whom we wait for may need this very processor
  private void await(BooleanSupplier condition) {
    while (failure.get() == null && !condition.getAsBoolean()) {
      chanceOfInterrupt();
      Thread.yield();
    }
  }

  private final class Cpu extends Thread {
    private final int id;
    private final Random random;
    private final BulkContext worker;
    private final BulkContext timer;
    private int accessesToTimer;
    private boolean interrupted;

    Cpu(int id, long seed) {
      super("cpu" + id);
      setDaemon(true);
      this.id = id;
      this.random = new Random(seed);
      worker = new BulkContext(bench, id, bench.which().threadBulk());
      timer = new BulkContext(bench, id, bench.which().timerBulk());
    }

    @Override
    public void run() {
      current.set(this);
      try {
        for (int round = 0; round < rounds && failure.get() == null; round++) {
          round(round);
        }
        if (bench.which().async() && id == 0) {
          BenchOnThreads.this.await(() -> retired);
        }
      } catch (RuntimeException | Error broken) {
        failure.compareAndSet(null, broken);
      }
    }

    @SuppressWarnings("ThreadPriorityCheck") // a worker that never sleeps does so now and then
    private void round(int round) {
      worker.begin();
      while (!worker.holdsAll()) {
        perform(worker.next());
      }
      if (bench.which().delayMs() > 0) {
        LockSupport.parkNanos(DELAY_NS);
      } else if (round % ROUNDS_PER_YIELD == 0) {
        Thread.yield();
      }
      if (round == (bench.which().async() ? rounds - 1 : 0)) {
        met.incrementAndGet();
        BenchOnThreads.this.await(
            () -> bench.which().async() ? bench.stopped() : met.get() == bench.cpus());
      }
      while (!worker.done()) {
        perform(worker.next());
      }
    }

    void chanceOfInterrupt() {
      accessesToTimer--;
      boolean timerDue = bench.which().timerBulk() > 0 && accessesToTimer < 0 && !interrupted;
      boolean retireDue = id == 0 && mayRetire && !retired && !interrupted;
      if (!(timerDue || retireDue) || !bench.irqsEnabled(id)) {
        return;
      }
      interrupted = true;
      if (retireDue) {
        bench.retire(id);
        retired = true;
      } else if (!bench.stopped()) {
        accessesToTimer = random.nextInt(2 * TIMER_ACCESSES);
        timer.begin();
        while (!timer.done()) {
          perform(timer.next());
        }
      }
      interrupted = false;
    }

    private void perform(Operation operation) {
      chanceOfInterrupt(); // for designs that do not keep their state in memory
      operation.then().accept(operation.code().getAsLong());
    }
  }
}
