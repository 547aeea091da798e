package dev.kretsim;

import dev.kretsim.arch.Arch;
import dev.kretsim.kernel.Cpu;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Machine;
import dev.kretsim.kernel.MachineSpec;
import dev.kretsim.kernel.Symbol;
import dev.kretsim.kernel.Task;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.probe.Kprobes;
import dev.kretsim.probe.Kretprobe;

/** The README's example: what stands between the marks stands there too. */
final class ReadmeExample {
  private ReadmeExample() {}

  static void run() {
    // README begin
    Machine machine =
        new Machine(MachineSpec.of(KernelVersion.V6_12, Arch.X86_64, 2), RealMemory::new);
    Symbol read = machine.define("vfs_read", true);
    Kprobes kprobes = Kprobes.boot(machine);
    Kretprobe probe =
        Kretprobe.on("vfs_read")
            .maxactive(1)
            .handler(
                (instance, regs) ->
                    System.out.println(Task.current().comm() + " read " + regs.returnValue()));
    kprobes.register(probe); // an int3 stands at vfs_read+4 now
    long caller = 0xffffffff81000010L;
    Cpu cpu = machine.cpu(0);
    Task cat = machine.newTask("cat");
    cpu.switchTo(cat);
    cpu.enter(read, 0, caller); // takes the instance, replaces the return address; cat sleeps
    cpu.switchTo(machine.newTask("dd"));
    cpu.enter(read, 0, caller); // no instance left: missed
    cpu.leave(512, caller);
    cpu.switchTo(cat);
    cpu.leave(4096, caller); // returns into the trampoline, which runs the handler
    System.out.println(probe.nmissed() + " missed");
    kprobes.checkLaws();
    // README end
  }
}
