package dev.kretsim.kernel.machine;

import dev.kretsim.arch.Instruction;
import dev.kretsim.arch.InstructionSet;
import dev.kretsim.arch.PageFaultException;
import dev.kretsim.arch.PtRegs;
import dev.kretsim.arch.UnsupportedInstructionException;
import dev.kretsim.kernel.OopsException;
import dev.kretsim.kernel.text.KernelText;
import dev.kretsim.kernel.text.Symbol;

/**
 * Runs machine code on a CPU, instruction by instruction, from a function's entry to its return.
 */
final class CodeRunner {
  /** So many instructions without a return are taken for a loop without end. */
  private static final long WATCHDOG = 100_000_000;

  private final Cpu cpu;
  private final PtRegs regs;
  private final Machine machine;
  private final KernelText text;
  private final TrapHandler traps;
  private final InstructionSet instructions;

  CodeRunner(Cpu cpu, Machine machine, TrapHandler traps) {
    this.cpu = cpu;
    this.regs = cpu.regs();
    this.machine = machine;
    this.text = machine.text();
    this.traps = traps;
    this.instructions = machine.arch().instructions();
  }

  /**
   * Runs from the instruction pointer on.
   *
   * @param returnAddress where the caller goes on
   * @param callerStack the stack pointer that the caller gets back
   * @throws OopsException if the code faults and nobody repairs that
   */
  void run(long returnAddress, long callerStack) {
    long trampoline = machine.trampoline().address();
    for (long steps = 0; steps < WATCHDOG; steps++) {
      long ip = regs.instructionPointer();
      if (ip == trampoline) {
        cpu.task().stackPointer(regs.stackPointer());
        cpu.throughTrampoline();
      } else if (ip == returnAddress && regs.stackPointer() == callerStack) {
        return;
      } else {
        step(ip);
      }
    }
    throw new OopsException(
        "%s: %s: soft lockup: no return after %d instructions"
            .formatted(
                cpu.task(), machine.symbols().describe(regs.instructionPointer()), WATCHDOG));
  }

  private void step(long ip) {
    try {
      if (!text.contains(ip)) {
        throw new PageFaultException(ip, false);
      }
      Symbol hosted = machine.hostedAt(ip);
      boolean patched = text.isPatched(ip);
      boolean goesOn = true;
      if (patched) {
        cpu.task().stackPointer(regs.stackPointer());
        goesOn = traps.breakpoint(cpu, ip);
      }
      if (hosted != null && goesOn) {
        callHost(hosted); // also where the placeholder itself is probed
      } else if (!patched) {
        execute(ip);
      }
    } catch (PageFaultException | UnsupportedInstructionException fault) {
      if (!machine.repairs(cpu, fault)) {
        throw cpu.oops(fault);
      }
    }
  }

  /** Executes what was compiled at {@code ip}, which is the instruction pointer. */
  void execute(long ip) {
    Instruction instruction = text.instructionAt(ip);
    if (instruction == null) {
      throw new UnsupportedInstructionException("no instruction");
    }
    instructions.execute(instruction, regs, cpu.memory());
  }

  /** The placeholder in the text of a function whose body is Java: run that, then return. */
  private void callHost(Symbol function) {
    Task task = cpu.task();
    task.stackPointer(regs.stackPointer());
    long returnAddress = regs.returnAddress(cpu.memory());
    regs.setReturnValue(machine.hostCalls().call(cpu, function));
    if (machine.arch().callStoresReturnAddress()) {
      regs.setStackPointer(regs.stackPointer() + Long.BYTES);
    }
    regs.setInstructionPointer(returnAddress);
  }
}
