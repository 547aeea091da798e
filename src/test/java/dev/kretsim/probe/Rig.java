package dev.kretsim.probe;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolSpec;
import dev.kretsim.probe.registry.Kprobes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** A small machine with three functions, and calls of them made by hand. */
public final class Rig {
  /** Where {@code main} goes on after a call. */
  private final long returnSite;

  public final Machine machine;
  public final Kprobes kprobes;
  public final Symbol read;
  public final Symbol write;
  public final Symbol hidden;
  public final List<String> log = new ArrayList<>();

  public Rig(KernelVersion version, Arch arch) {
    this(version, arch, version.pool(), version.pool()::create);
  }

  public Rig(
      KernelVersion version, Arch arch, PoolDesign kind, Function<PoolSpec, InstancePool> pools) {
    machine = new Machine(MachineSpec.of(version, arch, 2), RealMemory::new);
    returnSite = machine.define("main", false).address() + 16;
    read = machine.define("vfs_read", true);
    write = machine.define("vfs_write", true);
    hidden = machine.define("hidden", false);
    kprobes = Kprobes.boot(machine, kind, pools, LockDesigns.QUEUED).drivenByOneThread();
  }

  public static Rig newest() {
    return new Rig(KernelVersion.newest(), Arch.X86_64);
  }

  /** Every version on every architecture. */
  public static Stream<Arguments> kernels() {
    return Stream.of(KernelVersion.values())
        .flatMap(version -> Stream.of(Arch.values()).map(arch -> Arguments.of(version, arch)));
  }

  public Cpu cpu(int id) {
    return machine.cpu(id);
  }

  public Task task(String comm) {
    return machine.newTask(comm);
  }

  /** The first half of a call of {@code function}. */
  public boolean enter(int cpu, Task task, Symbol function, long argument) {
    machine.cpu(cpu).switchTo(task);
    return machine.cpu(cpu).enter(function, argument, returnSite);
  }

  /** The second half. */
  public long leave(int cpu, Task task, long value) {
    machine.cpu(cpu).switchTo(task);
    return machine.cpu(cpu).leave(value, returnSite);
  }

  /** A whole call of a function that returns {@code value}. */
  public long call(int cpu, Task task, Symbol function, long value) {
    return enter(cpu, task, function, 0)
        ? leave(cpu, task, value)
        : leave(cpu, task, machine.cpu(cpu).regs().returnValue());
  }

  /** A kretprobe whose handlers write their names into the log. */
  public Kretprobe logging(String name, Symbol function, int maxactive) {
    return Kretprobe.on(function.name())
        .maxactive(maxactive)
        .dataSize(8)
        .entryHandler(
            (instance, regs) -> {
              log.add("enter " + name);
              return 0;
            })
        .handler((instance, regs) -> log.add("return " + name));
  }
}
