package dev.kretsim.arch;

import java.util.OptionalLong;

/** One decoded instruction of machine code. Immutable. */
public interface Instruction {
  /** How a kprobe on an instruction gets it executed, or why there can be none. */
  enum Treatment {
    /** A copy is executed out of line. */
    STEPPED,
    /** Its effect is computed, as it depends on where it lies. */
    EMULATED,
    /** Can be neither stepped nor emulated: {@code -EOPNOTSUPP}. */
    UNSUPPORTED,
    /** Must not be executed anywhere else: {@code -EINVAL}. */
    REJECTED,
    /** Traps by design, as {@code int3} and {@code ud2} do: {@code -EILSEQ}. */
    TRAPPING
  }

  /** What an instruction does to the order of execution, or to whether interrupts are taken. */
  enum Effect {
    /** Nothing: the next instruction follows. */
    NONE,
    /** A call of what it names. */
    CALL,
    /** A call of what a register or a word says. */
    INDIRECT_CALL,
    /** A jump to what it names. */
    JUMP,
    /** A jump to what a register or a word says. */
    INDIRECT_JUMP,
    /** A jump that depends on flags or a register. */
    CONDITIONAL_JUMP,
    /** A return to the caller. */
    RETURN,
    /** A jump that depends on a counter. */
    LOOP,
    /** It reads or changes the interrupt flag. */
    INTERRUPT_FLAG
  }

  /** {@return how many bytes it occupies} */
  int length();

  /** {@return how a kprobe on it gets it executed, or why there can be none} */
  Treatment treatment();

  /** {@return what it does to the order of execution} */
  Effect effect();

  /**
   * {@return whether its copy may simply be followed by a jump back, as it neither depends on where
   * it lies nor changes the instruction pointer} Always false where the architecture does not
   * boost.
   */
  boolean boostable();

  /**
   * {@return whether it jumps to an address held in a register or in memory; calls and returns do
   * not}
   */
  boolean jumpsIndirectly();

  /**
   * {@return where it jumps or calls to; empty if that does not follow from its bytes}
   *
   * @param address where the instruction lies
   */
  OptionalLong target(long address);
}
