package dev.kretsim.arch;

import java.util.Optional;

/**
 * The instructions of an architecture, as far as functions of a kernel consist of them: measured,
 * classified for kprobes, and executed one at a time.
 */
public interface InstructionSet {
  /** {@return how many bytes the longest instruction has: {@code MAX_INSN_SIZE}} */
  int maxLength();

  /**
   * Decodes the instruction that starts at {@code code[at]}.
   *
   * @param code bytes of text
   * @param at the index of the instruction's first byte in {@code code}
   * @return empty if these bytes are no instruction, or end in the middle of one
   */
  Optional<Instruction> decode(byte[] code, int at);

  /**
   * {@return whether a breakpoint at {@code code[at]} would come between an exclusive load and the
   * store that depends on it, so that the store could never succeed} Never where there is none
   * such.
   *
   * @param code the function's bytes, from its symbol to at least {@code at}
   * @param at the index in {@code code}
   */
  default boolean insideExclusive(byte[] code, int at) {
    return false;
  }

  /**
   * Makes the bytes that do at {@code to} what the instruction does at {@code from}: displacements
   * that are relative to the instruction pointer are adjusted.
   *
   * @param code the instruction's own bytes
   * @param from the address that it was compiled for
   * @param to the address that the copy will have
   * @return empty if a displacement does not fit
   */
  Optional<byte[]> relocate(byte[] code, long from, long to);

  /**
   * Executes an instruction that lies where the instruction pointer points to, and moves that on.
   *
   * @param instruction what was decoded there
   * @param regs the CPU's registers, which it changes
   * @param memory what its loads and stores reach
   * @throws PageFaultException if it accesses what is not mapped; registers and memory are as they
   *     were before; a repeated string instruction has done some rounds, and continues when it is
   *     executed again
   * @throws UnsupportedInstructionException if it is outside the subset that is interpreted
   */
  void execute(Instruction instruction, PtRegs regs, AddressSpace memory);
}
