package dev.kretsim.probe;

import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.memory.ForwardingMemory;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.explore.ScheduleFailedException;
import dev.kretsim.planted.Suspect;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Probes that are each one line away from a right one: made so by what they are built from. */
public final class BrokenProbes {
  private static final KernelVersion NEWEST = KernelVersion.newest();
  private static final String HASTY = "unregister that does not wait for returns";
  private static final String FORGETFUL = "decline that forgets the push";
  private static final String EARLY = "trampoline that recycles before the handler";

  private BrokenProbes() {}

  /** All of them. */
  public static List<Suspect> planted() {
    return List.of(
        ProbeEvidence.of(HASTY, "L1 conservation", NEWEST, BrokenProbes::hasty),
        ProbeEvidence.of(FORGETFUL, "L1 conservation", NEWEST, BrokenProbes::forgetful),
        ProbeEvidence.of(
            EARLY, "L3 exclusivity|data of another call", NEWEST, BrokenProbes::early));
  }

  /** What a broken probe is built from, made anew for each machine. */
  static Supplier<ProbeScene.Parts> named(String plantedBug) {
    return switch (plantedBug) {
      case HASTY -> BrokenProbes::hasty;
      case FORGETFUL -> BrokenProbes::forgetful;
      case EARLY -> BrokenProbes::early;
      default -> throw new IllegalArgumentException("no such planted bug: " + plantedBug);
    };
  }

  /** The message of the first failure, of hits alone and of hits while the probe is removed. */
  static Optional<String> firstFailure(KernelVersion version, Supplier<ProbeScene.Parts> parts) {
    try {
      for (boolean unregisters : new boolean[] {false, true}) {
        ProbeScene.explorer(version, parts, unregisters).bounded(1);
      }
      return Optional.empty();
    } catch (ScheduleFailedException failure) {
      return Optional.of(String.valueOf(failure.getMessage()));
    }
  }

  static ProbeScene.Parts sound(KernelVersion version) {
    return new ProbeScene.Parts(
        UnaryOperator.identity(),
        version.pool()::create,
        (instance, regs) -> 0,
        (instance, regs) -> {});
  }

  /** A grace period that is over at once. The machine's second memory is that of RCU. */
  private static ProbeScene.Parts hasty() {
    int[] created = new int[1];
    return new ProbeScene.Parts(
        factory ->
            layout -> {
              Memory memory = factory.create(layout);
              return created[0]++ == 1 ? new HastyMemory(memory) : memory;
            },
        NEWEST.pool()::create,
        (instance, regs) -> 0,
        (instance, regs) -> {});
  }

  private static final class HastyMemory extends ForwardingMemory {
    HastyMemory(Memory behind) {
      super(behind);
    }

    @Override
    public long awaitNotEqual(int word, long value) {
      return getAcquire(word);
    }
  }

  private static ProbeScene.Parts forgetful() {
    SkippingPool pool = new SkippingPool();
    return new ProbeScene.Parts(
        UnaryOperator.identity(),
        pool::over,
        (instance, regs) -> {
          pool.skipNextPush();
          return 1;
        },
        (instance, regs) -> {});
  }

  private static ProbeScene.Parts early() {
    SkippingPool pool = new SkippingPool();
    return new ProbeScene.Parts(
        UnaryOperator.identity(),
        pool::over,
        (instance, regs) -> 0,
        (instance, regs) -> {
          pool.push(Cpu.current().id(), instance.number());
          pool.skipNextPush();
        });
  }

  /** Skips a CPU's next push when told to on that CPU. */
  private static final class SkippingPool implements InstancePool {
    private InstancePool behind = this;
    private boolean[] skip = {};

    InstancePool over(PoolSpec spec) {
      behind = NEWEST.pool().create(spec);
      skip = new boolean[spec.cpus().count()];
      return this;
    }

    void skipNextPush() {
      skip[Cpu.current().id()] = true;
    }

    @Override
    public int capacity() {
      return behind.capacity();
    }

    @Override
    public int pop(int cpu) {
      return behind.pop(cpu);
    }

    @Override
    public void push(int cpu, int instance) {
      if (skip[cpu]) {
        skip[cpu] = false;
      } else {
        behind.push(cpu, instance);
      }
    }

    @Override
    public int free() {
      return behind.free();
    }
  }
}
