package dev.kretsim.arch.x86;

import dev.kretsim.arch.AddressSpace;
import dev.kretsim.arch.UnsupportedInstructionException;
import java.math.BigInteger;

/** Products and quotients. The flags that the manual leaves undefined stay as they are. */
final class Multiplication {
  private static final long OVERFLOW = Flags.CF | Flags.OF;

  private Multiplication() {}

  /** Accumulator times operand: the product is twice as wide. */
  static void wide(
      Decoded instruction, long[] words, AddressSpace memory, int size, boolean signed) {
    long a = Operands.register(instruction, words, Operands.ACCUMULATOR, size);
    long b = Operands.load(instruction, words, memory, size);
    if (signed) {
      a = Operands.signExtend(a, size);
      b = Operands.signExtend(b, size);
    }
    long low = a * b;
    long high;
    if (size == 8) {
      high = signed ? Math.multiplyHigh(a, b) : unsignedHigh(a, b);
    } else {
      high = signed ? low >> 8 * size : low >>> 8 * size;
    }
    setPair(instruction, words, size, low, high);
    long expected = signed ? Operands.signExtend(low, size) >> 63 : 0;
    setOverflow(words, Operands.truncate(high ^ expected, size) != 0);
  }

  /** Signed product as wide as its factors, into the register of ModRM. */
  static void narrow(
      Decoded instruction, long[] words, AddressSpace memory, int size, long factor) {
    long a = Operands.signExtend(Operands.load(instruction, words, memory, size), size);
    long b = Operands.signExtend(factor, size);
    long product = a * b;
    boolean fits =
        size == 8
            ? Math.multiplyHigh(a, b) == product >> 63
            : Operands.signExtend(product, size) == product;
    Operands.setRegister(instruction, words, instruction.register(), size, product);
    setOverflow(words, !fits);
  }

  /** Divides a number twice as wide as the operand. */
  static void divide(
      Decoded instruction, long[] words, AddressSpace memory, int size, boolean signed) {
    long divisor = Operands.load(instruction, words, memory, size);
    if (signed) {
      divisor = Operands.signExtend(divisor, size);
    }
    if (divisor == 0) {
      throw divideError(instruction);
    }
    if (size == 8) {
      divideWords(instruction, words, divisor, signed);
      return;
    }
    long low = Operands.register(instruction, words, Operands.ACCUMULATOR, size);
    long high =
        size == 1
            ? Operands.register(instruction, words, Operands.ACCUMULATOR, 2) >> 8
            : Operands.register(instruction, words, Operands.DATA, size);
    long dividend = high << 8 * size | low;
    if (signed) {
      dividend = Operands.signExtend(dividend, 2 * size);
    }
    long quotient = signed ? dividend / divisor : Long.divideUnsigned(dividend, divisor);
    long remainder = dividend - quotient * divisor;
    long kept = signed ? Operands.signExtend(quotient, size) : Operands.truncate(quotient, size);
    if (kept != quotient) {
      throw divideError(instruction);
    }
    setPair(instruction, words, size, quotient, remainder);
  }

  private static void divideWords(Decoded instruction, long[] words, long divisor, boolean signed) {
    long low = Operands.full(words, Operands.ACCUMULATOR);
    long high = Operands.full(words, Operands.DATA);
    long quotient;
    long remainder;
    boolean narrow = signed ? high == low >> 63 : high == 0;
    if (narrow && !(signed && low == Long.MIN_VALUE)) {
      quotient = signed ? low / divisor : Long.divideUnsigned(low, divisor);
      remainder = low - quotient * divisor;
    } else {
      BigInteger dividend =
          (signed ? BigInteger.valueOf(high) : unsigned(high))
              .shiftLeft(Long.SIZE)
              .add(unsigned(low));
      BigInteger by = signed ? BigInteger.valueOf(divisor) : unsigned(divisor);
      BigInteger[] parts = dividend.divideAndRemainder(by);
      boolean fits = parts[0].bitLength() <= (signed ? Long.SIZE - 1 : Long.SIZE);
      if (!fits) {
        throw divideError(instruction);
      }
      quotient = parts[0].longValue();
      remainder = parts[1].longValue();
    }
    setPair(instruction, words, 8, quotient, remainder);
  }

  /** Low half into the accumulator, high half into ah or into the data register. */
  private static void setPair(Decoded instruction, long[] words, int size, long low, long high) {
    if (size == 1) {
      long both = low & 0xff | (high & 0xff) << 8;
      Operands.setRegister(instruction, words, Operands.ACCUMULATOR, 2, both);
    } else {
      Operands.setRegister(instruction, words, Operands.ACCUMULATOR, size, low);
      Operands.setRegister(instruction, words, Operands.DATA, size, high);
    }
  }

  private static void setOverflow(long[] words, boolean overflow) {
    Flags.set(words, OVERFLOW, overflow ? OVERFLOW : 0);
  }

  private static long unsignedHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
  }

  private static BigInteger unsigned(long value) {
    BigInteger low = BigInteger.valueOf(value & Long.MAX_VALUE);
    return value < 0 ? low.setBit(Long.SIZE - 1) : low;
  }

  private static UnsupportedInstructionException divideError(Decoded instruction) {
    return new UnsupportedInstructionException("divide error: " + instruction);
  }
}
