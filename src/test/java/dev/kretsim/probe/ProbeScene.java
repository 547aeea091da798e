package dev.kretsim.probe;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.explore.Explorer;
import dev.kretsim.memory.explore.Operation;
import dev.kretsim.memory.explore.Scene;
import dev.kretsim.memory.interleave.Interleaving;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolSpec;
import dev.kretsim.probe.registry.Kprobes;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Two CPUs call a function that has a kretprobe with one instance, and a third may remove it
 * meanwhile; the laws are checked at the end. The probe code keeps state of its own, which the
 * explorer does not see: so each CPU has a thread, and only accesses to memory are interleaved.
 */
final class ProbeScene implements Scene {
  private static final int CPUS = 3;

  private final Machine machine;
  private final Kprobes kprobes;
  private final Kretprobe probe;
  private final Symbol read;
  private final long returnSite;
  private final boolean unregisters;
  private final boolean[] begun = new boolean[CPUS];

  /** The parts of a probe that a twin may replace. */
  record Parts(
      UnaryOperator<Memory.Factory> memories,
      Function<PoolSpec, InstancePool> pools,
      Kretprobe.EntryHandler entryHandler,
      Kretprobe.Handler handler) {}

  private ProbeScene(
      Interleaving interleaving, KernelVersion version, Parts parts, boolean unregisters) {
    this.unregisters = unregisters;
    Layout layout = new Layout();
    int step = layout.reserve("handler", 1);
    Memory pause = interleaving.create(layout);
    machine =
        new Machine(
            MachineSpec.of(version, Arch.X86_64, CPUS), parts.memories().apply(interleaving));
    returnSite = machine.define("main", false).address() + 16;
    read = machine.define("vfs_read", true);
    kprobes = Kprobes.boot(machine, version.pool(), parts.pools(), LockDesigns.QUEUED);
    probe =
        Kretprobe.on(read.name())
            .maxactive(1)
            .dataSize(8)
            .entryHandler(
                (instance, regs) -> {
                  instance.setDataWord(0, instance.pid());
                  return parts.entryHandler().handle(instance, regs);
                })
            .handler(
                (instance, regs) -> {
                  parts.handler().handle(instance, regs);
                  pause.getOpaque(step);
                  if (instance.dataWord(0) != Task.current().pid()) {
                    throw new AssertionError("data of another call: pid=" + instance.dataWord(0));
                  }
                });
    kprobes.register(probe);
    // From now on each CPU is waited for until it is between hits.
    machine.rcu().quiescent(0);
    machine.rcu().quiescent(1);
  }

  static Explorer explorer(KernelVersion version, Supplier<Parts> parts, boolean unregisters) {
    return new Explorer(
        interleaving -> new ProbeScene(interleaving, version, parts.get(), unregisters));
  }

  @Override
  public int cpus() {
    return unregisters ? CPUS : CPUS - 1;
  }

  @Override
  public @Nullable Operation next(int cpu) {
    if (begun[cpu]) {
      return null;
    }
    begun[cpu] = true;
    return cpu == CPUS - 1
        ? Operation.onThread("unregister", () -> kprobes.unregister(probe, cpu))
        : Operation.onThread("call", () -> call(cpu));
  }

  private void call(int cpuId) {
    Cpu cpu = machine.cpu(cpuId);
    cpu.switchTo(machine.newTask("task" + cpuId));
    if (cpu.enter(read, 0, returnSite)) {
      cpu.leave(0, returnSite);
    } else {
      cpu.leave(cpu.regs().returnValue(), returnSite);
    }
    machine.rcu().stopped(cpuId);
  }

  /** Unregistering passes 64 locks in old kernels. */
  @Override
  public int patience() {
    return 1_500;
  }

  @Override
  public void end() {
    kprobes.checkLaws();
  }
}
