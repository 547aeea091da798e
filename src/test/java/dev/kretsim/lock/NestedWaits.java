package dev.kretsim.lock;

import dev.kretsim.memory.ForwardingMemory;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.explore.Explorer;
import dev.kretsim.memory.explore.Operation;
import dev.kretsim.memory.explore.Scene;
import dev.kretsim.memory.explore.ScheduleFailedException;
import dev.kretsim.memory.interleave.Interleaving;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A CPU queues for one lock and is interrupted by something that queues for another. Each of the
 * two is held, has a pending waiter, and the outer one has a CPU that queues behind.
 */
final class NestedWaits implements Scene {
  private static final int CPUS = 6;
  private static final int SEEDS = 1_000;

  private final RawSpinLock outer;
  private final RawSpinLock inner;
  private final int interruptedAfter;
  private final boolean[] begun = new boolean[CPUS];
  private boolean interrupted;

  private NestedWaits(Interleaving interleaving, UnaryOperator<Memory> contexts, int after) {
    interruptedAfter = after;
    CpuContexts cpus = new CpuContexts(CPUS, layout -> contexts.apply(interleaving.create(layout)));
    Layout layout = new Layout();
    int outerWord = layout.reserve("outer", RawSpinLock.WORDS);
    int innerWord = layout.reserve("inner", RawSpinLock.WORDS);
    Memory memory = interleaving.create(layout);
    outer = LockDesigns.QUEUED.create(memory, outerWord, cpus);
    inner = LockDesigns.QUEUED.create(memory, innerWord, cpus);
    outer.lock(1);
    inner.lock(3);
  }

  /**
   * Random schedules with the interrupt at each place in turn; the message of the first failure.
   */
  static Optional<String> firstFailure(UnaryOperator<Memory> contexts) {
    try {
      for (int seed = 0; seed < SEEDS; seed++) {
        int after = 1 + seed % 12;
        Explorer explorer =
            new Explorer(interleaving -> new NestedWaits(interleaving, contexts, after));
        explorer.random(seed);
        explorer.priorities(seed, 3);
      }
      return Optional.empty();
    } catch (ScheduleFailedException failure) {
      return Optional.of(String.valueOf(failure.getMessage()));
    }
  }

  /** Contexts whose CPUs do not count how deep they are in queues. */
  static Memory forgettingDepth(Memory contexts) {
    int firstDepth = new Layout().reserve(1) + 1;
    return new ForwardingMemory(contexts) {
      @Override
      public void set(int word, long value) {
        super.set(word, word == firstDepth ? 0 : value);
      }
    };
  }

  @Override
  public int cpus() {
    return CPUS;
  }

  @Override
  public @Nullable Operation next(int cpu) {
    if (begun[cpu]) {
      return null;
    }
    begun[cpu] = true;
    return switch (cpu) {
      case 1 -> Operation.of("unlock outer", () -> unlock(outer, 1), ignored -> {});
      case 3 -> Operation.of("unlock inner", () -> unlock(inner, 3), ignored -> {});
      case 4 -> Operation.of("inner", () -> pass(inner, 4), ignored -> {});
      default -> Operation.of("outer", () -> pass(outer, cpu), ignored -> {});
    };
  }

  @Override
  public @Nullable Operation interrupt(int cpu, int accesses) {
    if (cpu != 0 || interrupted || accesses < interruptedAfter) {
      return null;
    }
    interrupted = true;
    return Operation.of("inner", () -> pass(inner, 0), ignored -> {});
  }

  private static long pass(RawSpinLock lock, int cpu) {
    lock.lock(cpu);
    return unlock(lock, cpu);
  }

  private static long unlock(RawSpinLock lock, int cpu) {
    lock.unlock(cpu);
    return 0;
  }
}
