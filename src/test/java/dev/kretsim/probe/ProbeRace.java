package dev.kretsim.probe;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.Memory;
import dev.kretsim.probe.registry.Kprobes;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Two CPUs, real threads, call a function that has a kretprobe with one instance; a third removes
 * it meanwhile. The laws are checked at the end, and then it is over: finished when constructed.
 */
final class ProbeRace {
  private static final int CPUS = 3;

  private final Machine machine;
  private final Kprobes kprobes;
  private final Kretprobe probe;
  private final Symbol read;
  private final long returnSite;
  private final AtomicReference<@Nullable String> breach = new AtomicReference<>();

  ProbeRace(KernelVersion version, ProbeScene.Parts parts, Memory.Factory memories, int calls)
      throws InterruptedException {
    machine =
        new Machine(MachineSpec.of(version, Arch.X86_64, CPUS), parts.memories().apply(memories));
    returnSite = machine.define("main", false).address() + 16;
    read = machine.define("vfs_read", true);
    kprobes = Kprobes.boot(machine, version.pool(), parts.pools(), LockDesigns.QUEUED);
    probe =
        Kretprobe.on(read.name())
            .maxactive(1)
            .dataSize(8)
            .entryHandler(parts.entryHandler())
            .handler(parts.handler());
    kprobes.register(probe);
    // From now on each CPU is waited for until it is between hits.
    machine.rcu().quiescent(0);
    machine.rcu().quiescent(1);
    CountDownLatch done = new CountDownLatch(CPUS);
    CountDownLatch halfway = new CountDownLatch(1);
    start(done, () -> call(0, calls, halfway));
    start(done, () -> call(1, calls, halfway));
    start(
        done,
        () -> {
          halfway.await();
          kprobes.unregister(probe, CPUS - 1);
        });
    done.await();
    judge(kprobes::checkLaws);
  }

  /** What went wrong, if anything did. */
  Optional<String> breach() {
    return Optional.ofNullable(breach.get());
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private void start(CountDownLatch done, Work work) {
    new Thread(
            () -> {
              judge(work);
              done.countDown();
            })
        .start();
  }

  private void judge(Work work) {
    try {
      work.run();
    } catch (InterruptedException | RuntimeException | Error e) {
      breach.compareAndSet(null, e.toString());
    }
  }

  private void call(int cpuId, int calls, CountDownLatch halfway) {
    Cpu cpu = machine.cpu(cpuId);
    try {
      for (int i = 0; i < calls; i++) {
        if (i == calls / 2) {
          halfway.countDown();
        }
        cpu.switchTo(machine.newTask("task" + cpuId));
        boolean runs = cpu.enter(read, 0, returnSite);
        cpu.leave(runs ? 0 : cpu.regs().returnValue(), returnSite);
        machine.rcu().quiescent(cpuId);
      }
    } finally {
      halfway.countDown();
      machine.rcu().stopped(cpuId);
    }
  }
}
