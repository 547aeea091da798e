package dev.kretsim.arch.arm64;

import dev.kretsim.arch.Instruction;
import java.util.OptionalLong;

/**
 * One arm64 instruction: a word of 32 bits. Every word is one; what is undefined is stepped as well
 * and traps only there.
 *
 * <p>How kprobes treat it was recorded on 6.1 and 6.12, which do not differ. What the recordings do
 * not show follows the encodings of the architecture.
 *
 * <p><b>Source.</b> {@code arch/arm64/kernel/probes/decode-insn.c}.
 */
record Word(int word) implements Instruction {
  static final int BYTES = 4;

  /** {@code op0:op1:CRn:CRm:op2} of DAIF, the interrupt masks. */
  private static final int DAIF = 0b11_011_0100_0010_001;

  @Override
  public int length() {
    return BYTES;
  }

  @Override
  public Treatment treatment() {
    if (isBranchOrSystem()) {
      return treatmentOfBranchOrSystem();
    }
    if (isAddressOfPlace() || is(0xbf00_0000, 0x1800_0000) || is(0xff00_0000, 0x9800_0000)) {
      return Treatment.EMULATED; // adr, adrp, ldr and ldrsw of a literal
    }
    // A literal loaded into a vector register passes for any other load, and is read from beside
    // the copy: the recorded kernels have this fault.
    return isPrefetchOfLiteral() || isExclusive() || isMemoryCopy()
        ? Treatment.REJECTED
        : Treatment.STEPPED;
  }

  @Override
  public Effect effect() {
    if (isBranchImmediate()) {
      return bit(31) ? Effect.CALL : Effect.JUMP;
    }
    if (isCompareAndBranch() || isTestAndBranch() || isConditionalBranch()) {
      return Effect.CONDITIONAL_JUMP;
    }
    if (isCallToRegister()) {
      return Effect.INDIRECT_CALL;
    }
    if (isReturn()) {
      return Effect.RETURN;
    }
    return jumpsIndirectly() ? Effect.INDIRECT_JUMP : Effect.NONE;
  }

  @Override
  public boolean boostable() {
    return false;
  }

  @Override
  public boolean jumpsIndirectly() {
    return is(0xfeff_f800, 0xd61f_0800) || isBranchToRegister();
  }

  @Override
  public OptionalLong target(long address) {
    if (isBranchImmediate()) {
      return OptionalLong.of(address + offset(0, 26));
    }
    if (isCompareAndBranch() || isConditionalBranch()) {
      return OptionalLong.of(address + offset(5, 19));
    }
    if (isTestAndBranch()) {
      return OptionalLong.of(address + offset(5, 14));
    }
    return OptionalLong.empty();
  }

  /** Whether the bits under {@code mask} are those of {@code value}. */
  boolean is(int mask, int value) {
    return (word & mask) == value;
  }

  /** The {@code count} bits from bit {@code low} up. */
  int bits(int low, int count) {
    return word >>> low & (1 << count) - 1;
  }

  boolean bit(int n) {
    return (word >>> n & 1) != 0;
  }

  /** The same bits as {@link #bits}, of a number with a sign. */
  long signedBits(int low, int count) {
    return (long) word << (64 - low - count) >> (64 - count);
  }

  /** Whether it works on 64-bit registers, where bit 31 tells. */
  boolean wide() {
    return word < 0;
  }

  /** Distance in bytes of a field that counts instructions. */
  long offset(int low, int count) {
    return signedBits(low, count) * BYTES;
  }

  /** b, bl. */
  boolean isBranchImmediate() {
    return is(0x7c00_0000, 0x1400_0000);
  }

  /** cbz, cbnz. */
  boolean isCompareAndBranch() {
    return is(0x7e00_0000, 0x3400_0000);
  }

  /** tbz, tbnz. */
  boolean isTestAndBranch() {
    return is(0x7e00_0000, 0x3600_0000);
  }

  /** b.cond. */
  boolean isConditionalBranch() {
    return is(0xff00_0010, 0x5400_0000);
  }

  /** br. */
  boolean isBranchToRegister() {
    return is(0xffff_fc1f, 0xd61f_0000);
  }

  /** blr. */
  boolean isCallToRegister() {
    return is(0xffff_fc1f, 0xd63f_0000);
  }

  /** ret. */
  boolean isReturn() {
    return is(0xffff_fc1f, 0xd65f_0000);
  }

  /** adr, adrp. */
  boolean isAddressOfPlace() {
    return is(0x1f00_0000, 0x1000_0000);
  }

  /** nop and what executes as nop where it is not implemented. */
  boolean isHint() {
    return is(0xffff_f01f, 0xd503_201f);
  }

  /** clrex, dsb, dmb, isb. */
  boolean isBarrier() {
    int kind = bits(5, 3);
    return is(0xffff_f01f, 0xd503_301f) && (kind == 2 || kind >= 4 && kind <= 6);
  }

  /** Opens a section that no probe may be in: ldxr and its kin, but also ldar and casa. */
  boolean opensExclusive() {
    return is(0x3f40_0000, 0x0840_0000);
  }

  /** Ends such a section: stxr and its kin, stlr and cas. */
  boolean closesExclusive() {
    return is(0x3f40_0000, 0x0800_0000);
  }

  private boolean isExclusive() {
    return is(0x3f80_0000, 0x0800_0000);
  }

  /** cpy and set in their three parts, of which the later rely on what the first left behind. */
  private boolean isMemoryCopy() {
    return is(0x3b20_0c00, 0x1900_0400);
  }

  private boolean isPrefetchOfLiteral() {
    return is(0xff00_0000, 0xd800_0000);
  }

  private boolean isBranchOrSystem() {
    return is(0x1c00_0000, 0x1400_0000);
  }

  private Treatment treatmentOfBranchOrSystem() {
    if (isBranchImmediate()
        || isCompareAndBranch()
        || isTestAndBranch()
        || isConditionalBranch()
        || isBranchToRegister()
        || isCallToRegister()
        || isReturn()) {
      return Treatment.EMULATED;
    }
    boolean steppable;
    if (is(0xfff0_0000, 0xd530_0000)) { // mrs
      steppable = bits(5, 16) != DAIF;
    } else if (isHint()) {
      steppable = isSteppableHint();
    } else {
      steppable = !changesControl() && !writesSystemRegister();
    }
    return steppable ? Treatment.STEPPED : Treatment.REJECTED;
  }

  /** nop, the signing of pointers, and landing pads; not their authentication, which may trap. */
  private boolean isSteppableHint() {
    return switch (bits(5, 7)) {
      case 0x00, 0x07, 0x08, 0x0a, 0x18, 0x19, 0x1a, 0x1b, 0x20, 0x22, 0x24, 0x26 -> true;
      default -> false;
    };
  }

  private boolean changesControl() {
    return is(0xff00_0000, 0xd400_0000) // svc, hvc, smc, brk, hlt
        || is(0xffff_fbff, 0xd69f_0bff) // eretaa
        || word == 0xd69f_03e0 // eret
        || is(0xffff_fbff, 0xd65f_0bff) // retaa
        || is(0xfeff_f800, 0xd61f_0800) // braa
        || is(0xfeff_f800, 0xd63f_0800); // blraa
  }

  private boolean writesSystemRegister() {
    return is(0xfff8_f000, 0xd500_4000) || is(0xfff0_0000, 0xd510_0000);
  }
}
