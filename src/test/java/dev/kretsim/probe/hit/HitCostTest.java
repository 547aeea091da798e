package dev.kretsim.probe.hit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.AccessCount;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.registry.Kprobes;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a whole hit costs, counted and not timed. */
class HitCostTest {
  private static final long CALLER = 0xffff_ffff_8100_0010L;
  private static final int WARMUP = 20_000;
  private static final int HITS = 50_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A CPU that calls one function, with a probe on it that keeps a word for each call. */
  private static final class Caller {
    private final Cpu cpu;
    private final Symbol function;
    private final Kretprobe probe;

    Caller(
        KernelVersion version,
        Arch arch,
        PoolDesign pool,
        Memory.Factory memories,
        Kretprobe.Handler handler) {
      Machine machine = new Machine(MachineSpec.of(version, arch, 2), memories);
      function = machine.define("f", true);
      Kprobes kprobes = Kprobes.boot(machine, pool, LockDesigns.TAS);
      probe = Kretprobe.on("f").maxactive(4).dataSize(Long.BYTES).handler(handler);
      kprobes.register(probe);
      cpu = machine.cpu(0);
      cpu.switchTo(machine.newTask("caller"));
    }

    void hit(int times) {
      for (int i = 0; i < times; i++) {
        cpu.enter(function, i, CALLER);
        cpu.leave(i, CALLER);
      }
    }

    /** Bytes for each hit, once all that happens once has happened. */
    double bytesEach() {
      hit(WARMUP);
      long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      hit(HITS);
      long after = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      assertThat(probe.nmissed()).isZero();
      return (double) (after - before) / HITS;
    }
  }

  static Stream<Arguments> everyPoolOfEveryKernel() {
    List<Arguments> all = new ArrayList<>();
    for (PoolDesign pool : PoolDesigns.shipped()) {
      for (KernelVersion version : KernelVersion.values()) {
        for (Arch arch : Arch.values()) {
          all.add(Arguments.of(pool, version, arch));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("everyPoolOfEveryKernel")
  void aHitAllocatesNothing(PoolDesign pool, KernelVersion version, Arch arch) {
    Caller caller =
        new Caller(
            version,
            arch,
            pool,
            RealMemory::new,
            (instance, regs) -> instance.setDataWord(0, regs.returnValue()));
    assertThat(caller.bytesEach()).isLessThan(1);
  }

  @Test
  void aHandlerThatAllocatesIsFoundOut() {
    AtomicReference<Object> kept = new AtomicReference<>();
    Caller caller =
        new Caller(
            KernelVersion.newest(),
            Arch.X86_64,
            PoolDesigns.RING,
            RealMemory::new,
            (instance, regs) -> kept.set(new long[] {regs.returnValue()}));
    assertThat(caller.bytesEach()).isGreaterThanOrEqualTo(Long.BYTES);
  }

  static List<PoolDesign> pools() {
    return PoolDesigns.shipped();
  }

  /** No locked instruction but those of the pool: see {@code PoolCostTest}. */
  @ParameterizedTest
  @MethodSource("pools")
  void aHitLocksWhatItsPoolLocks(PoolDesign pool) {
    Map<PoolDesign, Integer> atomics =
        Map.of(
            PoolDesigns.HLIST,
            2,
            PoolDesigns.FREELIST,
            5,
            PoolDesigns.OBJPOOL,
            2,
            PoolDesigns.MPMC, // its own are out of sight
            0,
            PoolDesigns.RING,
            1);
    AccessCount count = new AccessCount();
    Caller caller =
        new Caller(
            KernelVersion.newest(),
            Arch.X86_64,
            pool,
            count::memory,
            (instance, regs) -> instance.setDataWord(0, regs.returnValue()));
    caller.hit(100);
    for (int i = 0; i < 100; i++) {
      count.reset();
      caller.hit(1);
      assertThat(count.atomics()).isEqualTo(atomics.get(pool));
    }
  }
}
