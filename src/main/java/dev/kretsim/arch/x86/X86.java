package dev.kretsim.arch.x86;

import dev.kretsim.arch.AddressSpace;
import dev.kretsim.arch.Instruction;
import dev.kretsim.arch.InstructionSet;
import dev.kretsim.arch.PtRegs;
import java.util.HexFormat;
import java.util.Optional;

/** The instructions of x86-64. */
public final class X86 implements InstructionSet {
  public static final X86 INSTANCE = new X86();

  private X86() {}

  /** A fresh set of registers, all zero. */
  public static PtRegs newRegs() {
    return new Regs();
  }

  @Override
  public int maxLength() {
    return Decoder.MAX_LENGTH;
  }

  @Override
  public Optional<Instruction> decode(byte[] code, int at) {
    return Decoder.decode(code, at).map(instruction -> instruction);
  }

  @Override
  public Optional<byte[]> relocate(byte[] code, long from, long to) {
    Decoded instruction =
        Decoder.decode(code, 0)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no instruction: " + HexFormat.ofDelimiter(" ").formatHex(code)));
    byte[] copy = instruction.bytes();
    boolean fits =
        shift(copy, instruction.displacementAt, Integer.BYTES, from - to)
            && shift(copy, instruction.distanceAt, instruction.distanceSize(), from - to);
    return fits ? Optional.of(copy) : Optional.empty();
  }

  @Override
  public void execute(Instruction instruction, PtRegs regs, AddressSpace memory) {
    Interpreter.execute((Decoded) instruction, regs.words, memory);
  }

  /** Adds to a signed number at {@code at}, if there is one. */
  private static boolean shift(byte[] code, int at, int size, long by) {
    if (at < 0) {
      return true;
    }
    long value = code[at + size - 1]; // the last byte has the sign
    for (int i = size - 2; i >= 0; i--) {
      value = value << 8 | code[at + i] & 0xff;
    }
    value += by;
    for (int i = 0; i < size; i++) {
      code[at + i] = (byte) (value >> (8 * i));
    }
    int unused = Long.SIZE - 8 * size;
    return value << unused >> unused == value;
  }
}
