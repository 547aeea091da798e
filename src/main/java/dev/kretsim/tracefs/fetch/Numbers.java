package dev.kretsim.tracefs.fetch;

import java.util.OptionalLong;

/** Numbers as the kernel reads them: whole words, with C's prefixes where the base is open. */
public final class Numbers {
  private static final int ANY = 0;

  private Numbers() {}

  /** One of 0 to 9: the kernel knows no other digits. */
  public static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** {@code kstrtoul}: not negative, at most 64 bits; base 0 goes by the prefix. */
  public static OptionalLong unsigned(String word, int base) {
    String digits = word.startsWith("+") ? word.substring(1) : word;
    int radix = base;
    if (base == ANY && digits.matches("0[xX].+")) {
      radix = 16;
      digits = digits.substring(2);
    } else if (base == ANY) {
      radix = digits.length() > 1 && digits.startsWith("0") ? 8 : 10;
    }
    if (!digits.matches("[0-9a-fA-F]+")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseUnsignedLong(digits, radix));
    } catch (NumberFormatException tooLargeOrOfAnotherBase) {
      return OptionalLong.empty();
    }
  }

  /** {@code kstrtol}: with a sign, at most 63 bits. */
  public static OptionalLong signed(String word) {
    boolean negative = word.startsWith("-");
    OptionalLong magnitude = unsigned(negative ? word.substring(1) : word, ANY);
    if (magnitude.isEmpty() || magnitude.getAsLong() < 0 || word.startsWith("-+")) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(negative ? -magnitude.getAsLong() : magnitude.getAsLong());
  }
}
