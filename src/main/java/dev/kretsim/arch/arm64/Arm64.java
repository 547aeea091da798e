package dev.kretsim.arch.arm64;

import dev.kretsim.arch.AddressSpace;
import dev.kretsim.arch.Instruction;
import dev.kretsim.arch.InstructionSet;
import dev.kretsim.arch.PtRegs;
import dev.kretsim.arch.UnsupportedInstructionException;
import java.util.Optional;

/** The instructions of arm64: words of four bytes, wherever they start. */
public final class Arm64 implements InstructionSet {
  public static final Arm64 INSTANCE = new Arm64();

  /** How far back an exclusive load is looked for: {@code MAX_ATOMIC_CONTEXT_SIZE}, in words. */
  private static final int EXCLUSIVE_REACH = 32;

  private Arm64() {}

  /** A fresh set of registers, all zero. */
  public static PtRegs newRegs() {
    return new Regs();
  }

  @Override
  public int maxLength() {
    return Word.BYTES;
  }

  @Override
  public Optional<Instruction> decode(byte[] code, int at) {
    return at + Word.BYTES <= code.length ? Optional.of(wordAt(code, at)) : Optional.empty();
  }

  @Override
  public boolean insideExclusive(byte[] code, int at) {
    int first = Math.max(at % Word.BYTES, at - EXCLUSIVE_REACH * Word.BYTES);
    for (int before = at - Word.BYTES; before >= first; before -= Word.BYTES) {
      Word earlier = wordAt(code, before);
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
    Word word = (Word) instruction;
    Regs arm = (Regs) regs;
    long next = arm.instructionPointer() + Word.BYTES;
    boolean known;
    if (word.is(0x1c00_0000, 0x1400_0000)) {
      known = Branches.execute(word, arm); // moves the instruction pointer itself
      next = arm.instructionPointer();
    } else if (word.is(0x1c00_0000, 0x1000_0000)) {
      known = Immediates.execute(word, arm);
    } else if (word.is(0x0e00_0000, 0x0a00_0000)) {
      known = RegisterForms.execute(word, arm);
    } else if (word.is(0x0a00_0000, 0x0800_0000)) {
      known = LoadsAndStores.execute(word, arm, memory);
    } else {
      known = RegisterForms.moveVector(word, arm);
    }
    if (!known) {
      throw new UnsupportedInstructionException(
          "arm64 instruction is not interpreted: 0x%08x at 0x%x"
              .formatted(word.word(), arm.instructionPointer()));
    }
    arm.setInstructionPointer(next);
  }

  private static Word wordAt(byte[] code, int at) {
    int word = 0;
    for (int i = Word.BYTES - 1; i >= 0; i--) {
      word = word << Byte.SIZE | code[at + i] & 0xff;
    }
    return new Word(word);
  }
}
