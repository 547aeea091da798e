package dev.kretsim.tracefs.fetch;

import java.util.List;
import java.util.Optional;

/**
 * How a fetched value is shown.
 *
 * @param name as after the colon: {@code x64}, {@code string}
 * @param bytes of the value
 * @param bitWidth of a bit field; 0 for whole values
 * @param bitOffset of a bit field
 */
public record FetchType(String name, int bytes, int bitWidth, int bitOffset) {
  private static final List<String> TEXTS = List.of("string", "ustring", "symstr");

  /** What an argument without a type has. */
  static final FetchType DEFAULT = new FetchType("x64", Long.BYTES, 0, 0);

  static final FetchType STRING = new FetchType("string", Integer.BYTES, 0, 0);

  /** The type of that name; empty if that kernel has none. */
  static Optional<FetchType> of(String name, Grammar grammar) {
    if (name.startsWith("b")) {
      int slash = name.indexOf('/');
      return slash < 0 ? Optional.empty() : container(name.substring(slash + 1));
    }
    if (name.matches("[usx](8|16|32|64)")) {
      return Optional.of(new FetchType(name, Integer.parseInt(name.substring(1)) / 8, 0, 0));
    }
    boolean newer = grammar.parameterNames();
    return switch (name) {
      case "string", "ustring" -> Optional.of(new FetchType(name, Integer.BYTES, 0, 0));
      case "symbol" -> Optional.of(new FetchType(name, Long.BYTES, 0, 0));
      case "char" -> newer ? Optional.of(new FetchType(name, 1, 0, 0)) : Optional.empty();
      case "symstr" -> newer ? Optional.of(new FetchType(name, 4, 0, 0)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<FetchType> container(String bits) {
    int size = (int) Math.min(Numbers.unsigned(bits, 0).orElse(0), Integer.MAX_VALUE);
    return switch (size) {
      case 8, 16, 32, 64 -> Optional.of(new FetchType("u" + size, size / 8, 0, 0));
      default -> Optional.empty();
    };
  }

  /** This type, narrowed to the bit field that its name asks for; empty if that is malformed. */
  Optional<FetchType> narrowed(String name) {
    String[] parts = name.substring(1).split("[@/]", -1);
    if (parts.length != 3 || name.contains("+") || name.indexOf('@') > name.indexOf('/')) {
      return Optional.empty();
    }
    long width = Numbers.unsigned(parts[0], 0).orElse(0);
    long offset = Numbers.unsigned(parts[1], 0).orElse(-1);
    if (width < 1 || offset < 0 || width + offset > (long) bytes * Byte.SIZE) {
      return Optional.empty();
    }
    return Optional.of(new FetchType(name, bytes, (int) width, (int) offset));
  }

  boolean isText() {
    return TEXTS.contains(name);
  }

  /** Whether it is a text that lies in memory, and not the name of a symbol. */
  boolean isTextInMemory() {
    return isText() && !name.equals("symstr");
  }

  /** A number of this type, as the trace shows it. */
  String show(long raw) {
    long value = bitWidth > 0 ? raw >>> bitOffset & mask(bitWidth) : raw;
    int bits = bytes * Byte.SIZE;
    return switch (bitWidth > 0 ? 'u' : name.charAt(0)) {
      case 'u' -> Long.toUnsignedString(value & mask(bits));
      case 's' -> Long.toString(value << (Long.SIZE - bits) >> (Long.SIZE - bits));
      case 'c' -> "'" + (char) (value & mask(bits)) + "'";
      default -> "0x" + Long.toHexString(value & mask(bits));
    };
  }

  private static long mask(int bits) {
    return bits >= Long.SIZE ? -1 : (1L << bits) - 1;
  }
}
