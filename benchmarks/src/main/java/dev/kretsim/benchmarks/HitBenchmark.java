package dev.kretsim.benchmarks;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.benchmarks.peer.Design;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.PlainMemory;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.registry.Kprobes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * A whole hit: entry, pool, hijacked return address, trampoline, one handler; one CPU a thread. The
 * floor is the same call of the same function without a probe.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class HitBenchmark {
  private static final long CALLER = 0xffff_ffff_8100_0010L;

  /** Those that ship; any other {@link Design} may be named. */
  @Param({
    "FLOOR",
    "HLIST_TAS",
    "HLIST_TICKET",
    "HLIST_QUEUED",
    "FREELIST",
    "OBJPOOL",
    "MPMC",
    "RING"
  })
  private String design;

  /** Functions that are called in turn, each with a probe and a handler of its own. */
  @Param({"1", "8"})
  private int functions;

  @Param({"64"})
  private int maxactive;

  /** Memory that threads share, or memory for one thread that drives all CPUs. */
  @Param private Words memory;

  /** The back ends. */
  public enum Words {
    REAL(RealMemory::new),
    PLAIN(PlainMemory::new);

    private final Memory.Factory memories;

    Words(Memory.Factory memories) {
      this.memories = memories;
    }
  }

  private final AtomicInteger joined = new AtomicInteger();
  private Machine machine;
  private Kprobes kprobes;
  private Symbol[] called;

  @Setup
  public void boot(BenchmarkParams params) {
    if (memory == Words.PLAIN && params.getThreads() > 1) {
      throw new IllegalArgumentException("PLAIN is for one thread: -t " + params.getThreads());
    }
    machine =
        new Machine(
            MachineSpec.of(KernelVersion.newest(), Arch.X86_64, params.getThreads()),
            memory.memories);
    called = new Symbol[functions];
    for (int i = 0; i < functions; i++) {
      called[i] = machine.define("f" + i, true);
    }
    Design wanted = Design.of(design);
    kprobes = Kprobes.boot(machine, wanted.pool(), wanted.lock());
    if (!wanted.isFloor()) {
      for (Symbol function : called) {
        kprobes.register(
            Kretprobe.on(function.name())
                .maxactive(maxactive)
                .dataSize(Long.BYTES)
                .handler((instance, regs) -> instance.setDataWord(0, regs.returnValue())));
      }
    }
  }

  @TearDown(Level.Iteration)
  public void theLawsHold() {
    kprobes.checkLaws();
  }

  /**
   * One emulated CPU and the task it runs. Calls that are not followed to their return count as
   * misses; on the floor, which has no probe, that is all of them.
   */
  @AuxCounters
  @State(Scope.Thread)
  public static class Caller {
    public long hits;
    public long misses;
    private Cpu cpu;
    private Task task;
    private int next;

    @Setup
    public void join(HitBenchmark owner) {
      int id = owner.joined.getAndIncrement();
      cpu = owner.machine.cpu(id);
      task = owner.machine.newTask("caller" + id);
      cpu.switchTo(task);
    }
  }

  @Benchmark
  public long hit(Caller caller) {
    int next = caller.next;
    caller.next = next + 1 == called.length ? 0 : next + 1;
    caller.cpu.enter(called[next], next, CALLER);
    if (caller.task.inFlightDepth() > 0) {
      caller.hits++;
    } else {
      caller.misses++;
    }
    return caller.cpu.leave(next, CALLER);
  }
}
