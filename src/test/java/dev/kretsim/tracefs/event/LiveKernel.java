package dev.kretsim.tracefs.event;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.memory.PlainMemory;
import dev.kretsim.probe.registry.Kprobes;
import java.util.List;
import java.util.Set;

/** A machine with a few functions that tests call, and its tracefs. */
final class LiveKernel {
  static final long RETURNED = 0x1234_5678_9abcL;

  final Machine machine;
  final ProbeEvents events;
  private final Symbol caller;
  private final Task task;

  LiveKernel(KernelVersion kernel, Arch arch) {
    machine = new Machine(MachineSpec.of(kernel, arch, 1), PlainMemory::new);
    caller = machine.define("do_syscall_64", false);
    for (String name : List.of("kernel_clone", "vfs_read", "vfs_write", "vfs_open")) {
      machine.define(name, true);
    }
    machine.defineIn("sample", "sample_func", Set.of(Symbol.Trait.TRACEABLE));
    machine.defineData("linux_banner");
    Kprobes kprobes = Kprobes.boot(machine).drivenByOneThread();
    events = new ProbeEvents(machine, kprobes, () -> 1_234_567_000L);
    task = machine.newTask("sh");
  }

  LiveKernel() {
    this(KernelVersion.newest(), Arch.X86_64);
  }

  /** Calls a function with these arguments; it returns {@link #RETURNED}. */
  void call(String function, long... arguments) {
    Cpu cpu = machine.cpu(0);
    cpu.switchTo(task);
    for (int n = 1; n < arguments.length; n++) {
      cpu.regs().setArgument(n, arguments[n]);
    }
    Symbol symbol = machine.symbols().find(function).orElseThrow();
    long back = caller.address() + 16;
    cpu.enter(symbol, arguments.length == 0 ? 0 : arguments[0], back);
    cpu.leave(RETURNED, back);
  }

  /** Puts a text into memory, ended by a zero; gives its address. */
  long text(String text) {
    long address = machine.allocate(text.length() + 1);
    for (int i = 0; i < text.length(); i++) {
      machine.data().write(address + i, 1, text.charAt(i));
    }
    return address;
  }

  long word(long value) {
    long address = machine.allocate(Long.BYTES);
    machine.data().write(address, Long.BYTES, value);
    return address;
  }

  /** Writes lines that must be accepted, and enables all events. */
  void enable(String... lines) {
    for (String line : lines) {
      Written written = events.write(line);
      if (!written.accepted()) {
        throw new AssertionError(line + ": " + written);
      }
    }
    events.enable(null, null, true);
  }

  /** Lines of the trace, without their header. */
  List<String> traced() {
    return events.trace().lines().filter(line -> !line.startsWith("#")).toList();
  }

  /** What the one traced line says behind the place. */
  String fetched() {
    String line = traced().get(traced().size() - 1);
    return line.substring(line.indexOf(") ") + 2);
  }
}
