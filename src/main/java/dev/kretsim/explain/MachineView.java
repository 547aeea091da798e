package dev.kretsim.explain;

import dev.kretsim.arch.Instruction;
import dev.kretsim.arch.PtRegs;
import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.KretprobeInstance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at a machine the way a learner does: words with the names of what they point to. */
final class MachineView {
  /** Bytes of a function that are shown. */
  static final int TEXT_BYTES = 16;

  private final Machine machine;
  // What the handles in tasks' in-flight lists stand for.
  private final Map<Long, String> names = new HashMap<>();

  MachineView(Machine machine) {
    this.machine = machine;
  }

  Arch arch() {
    return machine.arch();
  }

  KernelVersion version() {
    return machine.version();
  }

  Value.Word word(long bits) {
    String symbol =
        machine
            .symbols()
            .at(bits)
            .map(
                found ->
                    bits == found.address()
                        ? found.name()
                        : "%s+0x%x".formatted(found.name(), bits - found.address()))
            .orElse("");
    return new Value.Word(bits, symbol);
  }

  List<Integer> text(Symbol function) {
    List<Integer> bytes = new ArrayList<>();
    for (byte one :
        machine.text().read(function.address(), Math.min(TEXT_BYTES, function.size()))) {
      bytes.add(one & 0xff);
    }
    return bytes;
  }

  /** Bytes of the instruction that was compiled at an offset into a function. */
  int lengthAt(int offset, Symbol function) {
    Instruction instruction = machine.text().instructionAt(function.address() + offset);
    return instruction == null ? 1 : instruction.length();
  }

  /** Whether a breakpoint stands at that address now. */
  boolean trapsAt(long address) {
    byte[] breakpoint = machine.arch().breakpoint();
    return Arrays.equals(machine.text().read(address, breakpoint.length), breakpoint);
  }

  String breakpointName() {
    return arch() == Arch.X86_64 ? "int3" : "brk #4";
  }

  /** Where return addresses are while a function is entered. */
  String linkRegister() {
    return "x30";
  }

  String argumentRegister() {
    return arch() == Arch.X86_64 ? "di" : "x0";
  }

  String resultRegister() {
    return arch() == Arch.X86_64 ? "ax" : "x0";
  }

  String instructionPointer() {
    return arch() == Arch.X86_64 ? "ip" : "pc";
  }

  /** The registers that matter for a call. */
  List<MachineState.Register> registers(PtRegs regs) {
    List<String> shown =
        arch() == Arch.X86_64 ? List.of("ip", "sp", "di", "ax") : List.of("pc", "sp", "x0", "x30");
    return shown.stream()
        .map(name -> new MachineState.Register(name, word(regs.register(name))))
        .toList();
  }

  /** What the kernel calls the list of the calls that a task is inside. */
  String inFlightName() {
    if (version().pool().locked()) {
      return "kretprobe_inst_table";
    }
    return version().usesRethook(arch()) ? "task->rethooks" : "task->kretprobe_instances";
  }

  /** Remembers what the newest entries of a task's list stand for. */
  void name(Task task, List<KretprobeInstance> followed) {
    int position = task.inFlightDepth() - followed.size();
    for (KretprobeInstance instance : followed) {
      names.put(task.inFlight(position++), name(instance));
    }
  }

  static String name(KretprobeInstance instance) {
    return "instance %d of %s".formatted(instance.number(), instance.kretprobe().kp().symbolName());
  }

  /** The calls that a task is inside, newest first. */
  Value.Members inFlight(Task task) {
    List<String> members = new ArrayList<>();
    for (int i = task.inFlightDepth() - 1; i >= 0; i--) {
      members.add(names.getOrDefault(task.inFlight(i), "?"));
    }
    return new Value.Members(members);
  }

  static Value.Instances free(Kretprobe probe) {
    try {
      return new Value.Instances(probe.registration().pool().freeLists());
    } catch (UnsupportedOperationException hidden) {
      throw new BadInputException(
          "explain shows the free instances, which this --pool does not; run takes it: "
              + probe.registration().poolDesign().name());
    }
  }
}
