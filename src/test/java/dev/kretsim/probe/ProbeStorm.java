package dev.kretsim.probe;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.pool.PoolSpec;
import dev.kretsim.probe.registry.Kprobes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A machine on which everything happens at once: real threads call, sleep inside and wake up on
 * another CPU, die inside, are interrupted, and register and remove the probes that the others run
 * into. After each round the laws are checked, while everybody holds still.
 */
final class ProbeStorm {
  private static final int CPUS = 3;
  private static final int FUNCTIONS = 4;

  /**
   * What a storm is made of.
   *
   * @param seed of all that is random, but for how the threads happen to meet
   */
  record Setting(KernelVersion version, Arch arch, PoolDesign pool, LockDesign lock, long seed) {
    /** Anything that exists. */
    static Setting random(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      return new Setting(
          any(List.of(KernelVersion.values()), random),
          any(List.of(Arch.values()), random),
          any(PoolDesigns.shipped(), random),
          any(LockDesigns.shipped(), random),
          seed);
    }

    private static <T> T any(List<T> all, SplittableRandom random) {
      return all.get(random.nextInt(all.size()));
    }

    @Override
    public String toString() {
      return "%s on %s, %s pool, %s lock, seed %d"
          .formatted(version.label(), arch.label(), pool.name(), lock.name(), seed);
    }
  }

  /** Whether a CPU has done enough for this round, after so many actions. */
  @FunctionalInterface
  interface RoundOver {
    boolean after(long actions);
  }

  private final Setting setting;
  private final Machine machine;
  private final Kprobes kprobes;
  private final List<StormCpu> cpus = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  ProbeStorm(Setting setting) {
    this(setting, setting.pool()::create);
  }

  /**
   * @param pools what to make the instances' pools with
   */
  ProbeStorm(Setting setting, Function<PoolSpec, InstancePool> pools) {
    this.setting = setting;
    machine = new Machine(MachineSpec.of(setting.version(), setting.arch(), CPUS), RealMemory::new);
    long returnSite = machine.define("main", false).address() + 16;
    List<Symbol> functions =
        Stream.iterate(0, i -> i < FUNCTIONS, i -> i + 1)
            .map(i -> machine.define("f" + i, i % 2 == 0))
            .toList();
    kprobes = Kprobes.boot(machine, setting.pool(), pools, setting.lock());
    StormProbes probes = new StormProbes(kprobes, functions, returnSite);
    StormTasks tasks = new StormTasks(machine);
    SplittableRandom random = new SplittableRandom(setting.seed());
    for (int cpu = 0; cpu < CPUS; cpu++) {
      cpus.add(
          new StormCpu(machine.cpu(cpu), functions, returnSite, probes, tasks, random.split()));
    }
  }

  /**
   * Rages for some rounds, and ends with everybody gone and every probe removed.
   *
   * @param roundOver makes one for each CPU and round
   * @throws AssertionError that names the setting, if a law is broken or a CPU fails
   */
  void rage(int rounds, Supplier<RoundOver> roundOver) {
    Phaser pause =
        new Phaser(CPUS) {
          @Override
          protected boolean onAdvance(int round, int everybody) {
            kprobes.checkLaws();
            return false;
          }
        };
    List<Thread> threads = new ArrayList<>();
    for (StormCpu cpu : cpus) {
      threads.add(new Thread(() -> drive(cpu, rounds, roundOver, pause), "storm"));
    }
    threads.forEach(Thread::start);
    threads.forEach(ProbeStorm::join);
    Throwable failed = failure.get();
    if (failed != null) {
      throw new AssertionError(setting + ": " + failed.getMessage(), failed);
    }
  }

  private void drive(StormCpu cpu, int rounds, Supplier<RoundOver> roundOver, Phaser pause) {
    try {
      for (int round = 0; round < rounds; round++) {
        RoundOver over = roundOver.get();
        for (long actions = 0; !over.after(actions) && !pause.isTerminated(); actions++) {
          cpu.act();
        }
        cpu.rest();
        pause.arriveAndAwaitAdvance();
      }
      if (!pause.isTerminated()) {
        cpu.leaveEverything();
        pause.arriveAndAwaitAdvance();
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      cpu.rest();
      pause.forceTermination();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What it has seen: calls, misses, probes. */
  String toll() {
    long entries = 0;
    long missed = 0;
    for (Registration registration : kprobes.registrations()) {
      Tally tally = registration.tally();
      entries += tally.entries();
      missed += tally.missed();
    }
    return String.format(
        Locale.ROOT,
        "%,d calls, %,d missed, %,d kretprobes",
        entries,
        missed,
        kprobes.registrations().size());
  }
}
