package dev.kretsim.arch.x86;

/**
 * Bits of the flags word, and how arithmetic sets them. Operands may have any bits above theirs.
 */
final class Flags {
  static final long CF = 1;
  static final long PF = 1 << 2;
  static final long AF = 1 << 4;
  static final long ZF = 1 << 6;
  static final long SF = 1 << 7;
  static final long IF = 1 << 9;
  static final long DF = 1 << 10;
  static final long OF = 1 << 11;

  /** All that describe a result. */
  static final long STATUS = CF | PF | AF | ZF | SF | OF;

  /** What popf changes: all but the reserved bits, RF, VM, VIF and VIP. */
  static final long POPPED = STATUS | IF | DF | 1 << 8 | 3 << 12 | 1 << 14 | 1 << 18 | 1 << 21;

  /** What pushf stores as zeros: RF and VM. */
  static final long NOT_PUSHED = 1 << 16 | 1 << 17;

  private Flags() {}

  /** ZF, SF and PF. */
  static long ofResult(long result, int size) {
    long significant = Operands.truncate(result, size);
    return (significant == 0 ? ZF : 0)
        | (isNegative(result, size) ? SF : 0)
        | ((Long.bitCount(result & 0xff) & 1) == 0 ? PF : 0);
  }

  /** Those of {@code result = a + b}, or of {@code a + b + 1}. */
  static long ofSum(long a, long b, long result, int size) {
    long carries = a & b | (a | b) & ~result;
    return ofResult(result, size)
        | (isNegative(carries, size) ? CF : 0)
        | (isNegative((a ^ result) & (b ^ result), size) ? OF : 0)
        | (a ^ b ^ result) & AF;
  }

  /** Those of {@code result = a - b}, or of {@code a - b - 1}. */
  static long ofDifference(long a, long b, long result, int size) {
    long borrows = ~a & b | ~(a ^ b) & result;
    return ofResult(result, size)
        | (isNegative(borrows, size) ? CF : 0)
        | (isNegative((a ^ b) & (a ^ result), size) ? OF : 0)
        | (a ^ b ^ result) & AF;
  }

  /** Whether the top bit is set. */
  static boolean isNegative(long value, int size) {
    return (value >>> (8 * size - 1) & 1) != 0;
  }

  /** Replaces flags in the registers. */
  static void set(long[] words, long which, long flags) {
    words[Regs.FLAGS] = words[Regs.FLAGS] & ~which | flags & which;
  }

  /** Whether a condition holds, which the low four bits of jcc, setcc and cmovcc number. */
  static boolean holds(int condition, long flags) {
    boolean signed = (flags & SF) != 0 != ((flags & OF) != 0);
    boolean positive =
        switch (condition >> 1 & 7) {
          case 0 -> (flags & OF) != 0;
          case 1 -> (flags & CF) != 0;
          case 2 -> (flags & ZF) != 0;
          case 3 -> (flags & (CF | ZF)) != 0;
          case 4 -> (flags & SF) != 0;
          case 5 -> (flags & PF) != 0;
          case 6 -> signed;
          default -> signed || (flags & ZF) != 0;
        };
    return positive == ((condition & 1) == 0);
  }
}
