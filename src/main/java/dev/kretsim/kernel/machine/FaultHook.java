package dev.kretsim.kernel.machine;

import dev.kretsim.arch.PageFaultException;

/**
 * Somebody who may repair a fault of kernel code: the rest of the fault handler, a die notifier.
 */
@FunctionalInterface
public interface FaultHook {
  /**
   * Is told of a fault; the CPU's registers are those of the faulting instruction.
   *
   * @param cpu the CPU that ran into it
   * @param fault a {@link PageFaultException} or an instruction that cannot be executed
   * @return whether to go on at the instruction pointer, which the hook may have changed
   */
  boolean handle(Cpu cpu, RuntimeException fault);
}
