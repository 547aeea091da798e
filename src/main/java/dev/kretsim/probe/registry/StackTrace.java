package dev.kretsim.probe.registry;

import dev.kretsim.arch.PtRegs;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.probe.ReturnCursor;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls that a task is inside, innermost first: {@code stack_trace_save_regs}.
 *
 * <p>Every word on the stack that is an address in the text counts as a return address, as with the
 * kernel's guessing unwinder. Where the trampoline is found instead, the hijacked address is looked
 * up; kernels before 5.16 could not do that, and show the trampoline.
 */
public final class StackTrace {
  private final Kprobes kprobes;
  private final Machine machine;

  /**
   * Makes an unwinder.
   *
   * @param kprobes who know the true return addresses
   * @param machine whose stacks are looked at
   */
  public StackTrace(Kprobes kprobes, Machine machine) {
    this.kprobes = kprobes;
    this.machine = machine;
  }

  /**
   * {@return the return addresses of the task that runs on {@code cpu}, starting from its
   * registers}
   *
   * @param cpu one that runs a task, driven by the calling thread
   */
  public List<Long> of(Cpu cpu) {
    Task task = cpu.task();
    PtRegs regs = cpu.regs();
    List<Long> addresses = new ArrayList<>();
    addresses.add(regs.instructionPointer());
    ReturnCursor cursor = new ReturnCursor();
    long trampoline = machine.trampoline().address();
    boolean resolves = machine.version().compareTo(KernelVersion.V6_0) >= 0;
    boolean framesAreStackSlots = machine.arch().callStoresReturnAddress();
    long frame = regs.framePointer();
    if (!framesAreStackSlots && resolves) {
      passReturning(task, regs, cursor);
    }
    for (long slot = regs.stackPointer(); slot < task.stackTop(); slot += Long.BYTES) {
      long word = task.readWord(slot);
      if (slot == frame + Long.BYTES && !framesAreStackSlots) {
        frame = task.readWord(frame); // the record of this activation; its caller's is meant
      }
      if (word == trampoline && resolves) {
        addresses.add(kprobes.findReturnAddress(task, framesAreStackSlots ? slot : frame, cursor));
      } else if (machine.text().contains(word)) {
        addresses.add(word);
      }
    }
    return addresses;
  }

  /**
   * In a return handler the returning activation is still in flight, and the instruction pointer
   * has its address. Where frames are told apart by frame pointers, functions without a frame of
   * their own share their caller's: the next would be taken for that activation.
   */
  private void passReturning(Task task, PtRegs regs, ReturnCursor cursor) {
    long innermost = kprobes.findReturnAddress(task, regs.framePointer(), new ReturnCursor());
    if (innermost != 0 && innermost == regs.instructionPointer()) {
      kprobes.findReturnAddress(task, regs.framePointer(), cursor);
    }
  }
}
