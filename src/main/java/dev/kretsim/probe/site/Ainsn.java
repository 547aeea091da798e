package dev.kretsim.probe.site;

import dev.kretsim.arch.Instruction;
import dev.kretsim.arch.InstructionSet;
import dev.kretsim.arch.PageFaultException;
import dev.kretsim.arch.PtRegs;
import dev.kretsim.arch.UnsupportedInstructionException;
import dev.kretsim.kernel.machine.Cpu;
import org.jspecify.annotations.Nullable;

/**
 * A probed instruction, and how it gets executed although something else is in its place: {@code
 * struct arch_specific_insn}.
 *
 * @param address of the probed instruction
 * @param trapIp what handlers see as the instruction pointer
 * @param next the address behind the instruction
 * @param instruction as it was compiled
 * @param slot where the copy lies that is executed out of line; 0 if there is none
 * @param copy the instruction in the slot, adjusted to its place; null if there is none
 * @param skipped whether executing it would change nothing but the instruction pointer: ftrace
 *     sites, placeholders of Java bodies
 * @param boosted whether the copy is followed by a jump back, so that nothing runs after it
 */
public record Ainsn(
    long address,
    long trapIp,
    long next,
    Instruction instruction,
    long slot,
    @Nullable Instruction copy,
    boolean skipped,
    boolean boosted) {
  /**
   * Executes the instruction: in its slot, or by computing its effect. An instruction that cannot
   * be executed traps where it is, in the slot. A page fault leaves the instruction pointer at the
   * probe, so that the instruction is executed again should the fault be repaired.
   */
  public void execute(Cpu cpu, InstructionSet instructions) {
    PtRegs regs = cpu.regs();
    if (skipped) {
      regs.setInstructionPointer(next);
      return;
    }
    boolean stepped = copy != null;
    regs.setInstructionPointer(stepped ? slot : address);
    try {
      instructions.execute(copy == null ? instruction : copy, regs, cpu.memory());
    } catch (UnsupportedInstructionException undefined) {
      if (!cpu.machine().repairs(cpu, undefined)) {
        regs.setInstructionPointer(address);
        throw undefined;
      }
    } catch (PageFaultException fault) {
      regs.setInstructionPointer(address);
      throw fault;
    }
    if (stepped) {
      regs.setInstructionPointer(regs.instructionPointer() - slot + address);
    }
  }
}
