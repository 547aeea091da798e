package dev.kretsim.arch;

import java.util.HexFormat;
import java.util.Optional;

/** The instructions of x86-64. */
final class X86Instructions implements InstructionSet {
  static final X86Instructions INSTANCE = new X86Instructions();

  private X86Instructions() {}

  @Override
  public int maxLength() {
    return X86Decoder.MAX_LENGTH;
  }

  @Override
  public Optional<Instruction> decode(byte[] code, int at) {
    return X86Decoder.decode(code, at).map(instruction -> instruction);
  }

  @Override
  public Optional<byte[]> relocate(byte[] code, long from, long to) {
    X86Instruction instruction =
        X86Decoder.decode(code, 0)
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
    X86Interpreter.execute((X86Instruction) instruction, regs.words, memory);
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
