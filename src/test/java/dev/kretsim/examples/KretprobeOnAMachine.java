package dev.kretsim.examples;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.registry.Kprobes;

/** A kretprobe on an emulated machine. */
final class KretprobeOnAMachine {
  /** Where the calls return to: somewhere in the kernel. */
  private static final long CALLER = 0xffffffff81000010L;

  private KretprobeOnAMachine() {}

  static void run() throws Exception {
    // begin
    MachineSpec spec = MachineSpec.of(KernelVersion.newest(), Arch.X86_64, 2);
    Machine machine = new Machine(spec, RealMemory::new);
    Symbol read = machine.define("vfs_read", true);
    Kprobes kprobes = Kprobes.boot(machine);
    Kretprobe probe = Kretprobe.on("vfs_read").maxactive(1);
    probe.handler((ri, regs) -> System.out.println(Task.current() + " read " + regs.returnValue()));
    kprobes.register(probe); // vfs_read+4 is hooked now
    machine.cpu(0).switchTo(machine.newTask("cat"));
    machine.cpu(0).enter(read, 0, CALLER); // takes the instance, replaces the return address
    machine.cpu(0).enter(read, 0, CALLER); // recursion: no instance left, missed
    machine.cpu(0).leave(512, CALLER);
    machine.cpu(0).leave(4096, CALLER); // into the trampoline, which runs the handler
    System.out.println(probe.nmissed() + " missed");
    // end
  }
}
