package dev.kretsim.explain;

import dev.kretsim.arch.PtRegs;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.probe.Kretprobe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call of a probed function changes, as it was when last looked at: a step shows what the
 * one before left.
 */
final class CallScene {
  private static final int WORD_BYTES = 8;

  private final MachineView view;
  private final Kretprobe probe;
  private final Task task;
  private final Symbol function;
  private List<MachineState.Register> registers;
  private Value.Instances free;
  private Value.Members inFlight;
  private Value.Word stackBefore = new Value.Word(0, "");
  private Value.Word caller = new Value.Word(0, "");
  private Value.@Nullable Word slotAt;
  private Value.@Nullable Word slot;

  CallScene(MachineView view, Kretprobe probe, Task task, Symbol function, PtRegs regs) {
    this.view = view;
    this.probe = probe;
    this.task = task;
    this.function = function;
    registers = view.registers(regs);
    free = MachineView.free(probe);
    inFlight = view.inFlight(task);
  }

  /** The call has been made, with these registers but for the instruction pointer. */
  void called(PtRegs regs) {
    boolean pushes = view.arch().callStoresReturnAddress();
    long sp = regs.stackPointer();
    stackBefore = view.word(pushes ? sp + WORD_BYTES : sp);
    caller = view.word(regs.returnAddress(task));
    look(regs, pushes);
    registers = with(view.instructionPointer(), view.word(function.address()), registers);
  }

  /** Looks at registers and stack slot, once the body's prologue has saved what it must. */
  void look(PtRegs regs) {
    look(regs, true);
  }

  private void look(PtRegs regs, boolean saved) {
    registers = view.registers(regs);
    long sp = stackBefore.bits() - WORD_BYTES;
    slotAt = saved ? view.word(sp) : null;
    slot = saved ? view.word(task.readWord(sp)) : null;
  }

  /** Looks at the registers alone. */
  void trapped(PtRegs regs) {
    registers = view.registers(regs);
  }

  /** The function has returned into the trampoline. */
  void arrived(PtRegs regs) {
    leaveStack();
    registers = withoutLink(view.registers(regs));
  }

  /** The caller goes on with this result. */
  void back(long result) {
    leaveStack();
    registers = withoutLink(registers);
    registers = with("sp", stackBefore, registers);
    registers = with(view.instructionPointer(), caller, registers);
    registers = with(view.resultRegister(), new Value.Word(result, ""), registers);
  }

  private void leaveStack() {
    slotAt = null;
    slot = null;
  }

  private static List<MachineState.Register> with(
      String name, Value.Word value, List<MachineState.Register> all) {
    return all.stream()
        .map(one -> one.name().equals(name) ? new MachineState.Register(name, value) : one)
        .toList();
  }

  /** After the body, the link register holds whatever the body's own calls left. */
  private List<MachineState.Register> withoutLink(List<MachineState.Register> all) {
    return all.stream().filter(one -> !one.name().equals(view.linkRegister())).toList();
  }

  /** Where the call returns to in truth. */
  Value.Word caller() {
    return caller;
  }

  Value.Word stackBefore() {
    return stackBefore;
  }

  /** What the pool holds, as last looked at. */
  Value.Instances free() {
    return free;
  }

  /** Looks at the pool, and says what has changed. */
  Fact pool() {
    Value.Instances before = free;
    free = MachineView.free(probe);
    return Fact.change("free", before, free);
  }

  /** Looks at the calls that the task is inside, and says what has changed. */
  Fact inFlight() {
    Value.Members before = inFlight;
    inFlight = view.inFlight(task);
    return Fact.change(view.inFlightName(), before, inFlight);
  }

  /** Where the body will return to, now that it has been entered. */
  Fact place() {
    String name =
        view.arch().callStoresReturnAddress() ? "stack slot" : "saved " + view.linkRegister();
    return Fact.of(name, slot == null ? caller : slot);
  }

  MachineState state() {
    return new MachineState(
        view.text(function),
        view.word(function.address()),
        registers,
        slotAt,
        slot,
        free,
        inFlight,
        probe.nmissed(),
        probe.kp().nmissed());
  }
}
