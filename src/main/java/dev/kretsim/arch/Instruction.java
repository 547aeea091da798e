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

  /** Bytes it occupies. */
  int length();

  Treatment treatment();

  /**
   * Whether its copy may simply be followed by a jump back, as it neither depends on where it lies
   * nor changes the instruction pointer. Always false where the architecture does not boost.
   */
  boolean boostable();

  /** Whether it jumps to an address held in a register or in memory; calls and returns do not. */
  boolean jumpsIndirectly();

  /** Where it jumps or calls to, if that follows from its bytes; {@code address} is its own. */
  OptionalLong target(long address);
}
