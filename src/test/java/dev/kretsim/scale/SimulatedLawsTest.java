package dev.kretsim.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.kernel.LawBrokenException;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.lock.RawSpinLock;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No speed is said of a pool that breaks the laws. */
class SimulatedLawsTest {
  private enum Fault {
    NONE,
    HANDS_OUT_TWICE,
    LOSES_ONE,
    COUNTS_FROM_ONE
  }

  /** The free instances in an array used as a stack, with a fault. */
  private record Stack(Fault fault) implements PoolDesign {
    @Override
    public String name() {
      return "stack";
    }

    @Override
    public int maxCapacity(int cpus) {
      return 100;
    }

    @Override
    public InstancePool create(PoolSpec spec) {
      Layout layout = new Layout();
      int words = layout.reserve("lock", RawSpinLock.WORDS);
      int depth = layout.reserve("depth", 1);
      int stack = layout.reserve("stack", spec.capacity());
      Memory memory = spec.memories().create(layout);
      for (int instance = 0; instance < spec.capacity(); instance++) {
        memory.set(stack + instance, instance);
      }
      memory.set(depth, spec.capacity());
      return new Pool(
          spec.capacity(),
          memory,
          spec.lock().create(memory, words, spec.cpus()),
          depth,
          stack,
          fault);
    }
  }

  private record Pool(
      int capacity, Memory memory, RawSpinLock lock, int depth, int stack, Fault fault)
      implements InstancePool {
    @Override
    public int pop(int cpu) {
      long irqs = lock.lockIrqSave(cpu);
      int free = (int) memory.get(depth);
      int instance = free == 0 ? MISSED : (int) memory.get(stack + free - 1);
      if (free > 1 || free == 1 && fault != Fault.HANDS_OUT_TWICE) {
        memory.set(depth, free - 1);
      }
      lock.unlockIrqRestore(cpu, irqs);
      return fault == Fault.COUNTS_FROM_ONE ? instance + 1 : instance;
    }

    @Override
    public void push(int cpu, int instance) {
      if (fault == Fault.LOSES_ONE && instance == 1) {
        return;
      }
      long irqs = lock.lockIrqSave(cpu);
      int free = (int) memory.get(depth);
      memory.set(stack + free, instance);
      memory.set(depth, free + 1);
      lock.unlockIrqRestore(cpu, irqs);
    }

    @Override
    public int free() {
      return (int) memory.get(depth);
    }
  }

  private static Point point(Fault fault, int threads, int maxactive) {
    return Simulation.run(
        new Simulation.Setup(
            Machines.of("xeon8260"),
            new Stack(fault),
            LockDesigns.TICKET,
            threads,
            Placement.SPREAD,
            maxactive,
            Workload.loop(50),
            1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 96})
  void aPoolThatKeepsThemHasASpeed(int threads) {
    assertThat(point(Fault.NONE, threads, 4).opsPerSecond()).isPositive();
  }

  @Test
  void anInstanceIsInOneHandOnly() {
    assertThatThrownBy(() -> point(Fault.HANDS_OUT_TWICE, 8, 1))
        .isInstanceOf(LawBrokenException.class)
        .hasMessage("L3 exclusivity: stack threads=8 instance=0 is in two hands");
  }

  @Test
  void anInstanceIsOneOfThePool() {
    assertThatThrownBy(() -> point(Fault.COUNTS_FROM_ONE, 1, 4))
        .isInstanceOf(LawBrokenException.class)
        .hasMessage("L3 exclusivity: stack threads=1 instance=4 is none of 0 to 3");
  }

  @Test
  void noInstanceGetsLost() {
    assertThatThrownBy(() -> point(Fault.LOSES_ONE, 8, 4))
        .isInstanceOf(LawBrokenException.class)
        .hasMessage("L1 conservation: stack threads=8 held=0 free=3 maxactive=4");
  }

  @Test
  void aPoolHasNoMoreInstancesThanItSays() {
    assertThatThrownBy(() -> point(Fault.NONE, 8, 101))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stack has at most 100 instances on 96 CPUs: maxactive=101");
  }
}
