package dev.kretsim.arch;

import java.util.Optional;

/** The instructions of arm64: words of four bytes, wherever they start. */
final class Arm64Instructions implements InstructionSet {
  static final Arm64Instructions INSTANCE = new Arm64Instructions();

  /** How far back an exclusive load is looked for: {@code MAX_ATOMIC_CONTEXT_SIZE}, in words. */
  private static final int EXCLUSIVE_REACH = 32;

  private Arm64Instructions() {}

  @Override
  public int maxLength() {
    return Arm64Word.BYTES;
  }

  @Override
  public Optional<Instruction> decode(byte[] code, int at) {
    return at + Arm64Word.BYTES <= code.length ? Optional.of(wordAt(code, at)) : Optional.empty();
  }

  @Override
  public boolean insideExclusive(byte[] code, int at) {
    int first = Math.max(at % Arm64Word.BYTES, at - EXCLUSIVE_REACH * Arm64Word.BYTES);
    for (int before = at - Arm64Word.BYTES; before >= first; before -= Arm64Word.BYTES) {
      Arm64Word earlier = wordAt(code, before);
      if (earlier.opensExclusive()) {
        return true;
      }
      if (earlier.closesExclusive()) {
        return false;
      }
    }
    return false;
  }

  /** The word as it is: what depends on its place is emulated, or goes wrong as in the kernel. */
  @Override
  public Optional<byte[]> relocate(byte[] code, long from, long to) {
    return Optional.of(code.clone());
  }

  @Override
  public void execute(Instruction instruction, PtRegs regs, AddressSpace memory) {
    Arm64Word word = (Arm64Word) instruction;
    Arm64Regs arm = (Arm64Regs) regs;
    long next = arm.instructionPointer() + Arm64Word.BYTES;
    boolean known;
    if (word.is(0x1c00_0000, 0x1400_0000)) {
      known = Arm64Branches.execute(word, arm); // moves the instruction pointer itself
      next = arm.instructionPointer();
    } else if (word.is(0x1c00_0000, 0x1000_0000)) {
      known = Arm64Immediates.execute(word, arm);
    } else if (word.is(0x0e00_0000, 0x0a00_0000)) {
      known = Arm64Registers.execute(word, arm);
    } else if (word.is(0x0a00_0000, 0x0800_0000)) {
      known = Arm64Memory.execute(word, arm, memory);
    } else {
      known = Arm64Registers.moveVector(word, arm);
    }
    if (!known) {
      throw new UnsupportedInstructionException(
          "arm64 instruction is not interpreted: 0x%08x at 0x%x"
              .formatted(word.word(), arm.instructionPointer()));
    }
    arm.setInstructionPointer(next);
  }

  private static Arm64Word wordAt(byte[] code, int at) {
    int word = 0;
    for (int i = Arm64Word.BYTES - 1; i >= 0; i--) {
      word = word << Byte.SIZE | code[at + i] & 0xff;
    }
    return new Arm64Word(word);
  }
}
