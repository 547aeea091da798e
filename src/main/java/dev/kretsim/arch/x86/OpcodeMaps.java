package dev.kretsim.arch.x86;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What follows each opcode in 64-bit mode: a letter per opcode, sixteen to a row.
 *
 * <p><b>Source.</b> The opcode maps in appendix A of Intel's Software Developer's Manual, volume 2,
 * reduced to what an instruction's length depends on.
 */
final class OpcodeMaps {
  /** No such instruction. */
  static final char INVALID = '-';

  /** Not an opcode but a prefix, or the way into another map. */
  static final char ESCAPE = 'p';

  /** Nothing follows. */
  static final char PLAIN = '.';

  /** A byte. */
  static final char BYTE = 'b';

  /** Four bytes, or two if the operand has 16 bits. */
  static final char WORD = 'z';

  /** As many bytes as the operand has: eight at most. */
  static final char FULL = 'v';

  /** Two bytes. */
  static final char SHORT = 'w';

  /** Two bytes and a byte. */
  static final char ENTER = 'e';

  /** An absolute address. */
  static final char ADDRESS = 'o';

  /** A distance of one byte to jump. */
  static final char NEAR = 'r';

  /** A distance of four bytes to jump. */
  static final char FAR = 'R';

  /** A ModRM byte and the address it announces. */
  static final char MODRM = 'M';

  /** ModRM and {@link #BYTE}. */
  static final char MODRM_BYTE = 'B';

  /** ModRM and {@link #WORD}. */
  static final char MODRM_WORD = 'Z';

  /** ModRM; {@link #BYTE} if it is a {@code test}. */
  static final char TEST_BYTE = 'g';

  /** ModRM; {@link #WORD} if it is a {@code test}. */
  static final char TEST_WORD = 'G';

  private static final String ONE_BYTE =
      rows(
          "MMMMbz-- MMMMbz-p", // 00
          "MMMMbz-- MMMMbz--", // 10
          "MMMMbzp- MMMMbzp-", // 20
          "MMMMbzp- MMMMbzp-", // 30
          "pppppppp pppppppp", // 40
          "........ ........", // 50
          "--pMpppp zZbB....", // 60
          "rrrrrrrr rrrrrrrr", // 70
          "BZ-BMMMM MMMMMMMM", // 80
          "........ ..-.....", // 90
          "oooo.... bz......", // a0
          "bbbbbbbb vvvvvvvv", // b0
          "BBw.ppBZ e.w..b-.", // c0
          "MMMM--.. MMMMMMMM", // d0; d6 is udb
          "rrrrbbbb RR-r....", // e0
          "p.pp..gG ......MM"); // f0

  private static final String TWO_BYTE =
      rows(
          "MMMM-... ..-.-M.B", // 00
          "MMMMMMMM MMMMMMMM", // 10
          "MMMM---- MMMMMMMM", // 20
          "......-. p-p-----", // 30
          "MMMMMMMM MMMMMMMM", // 40
          "MMMMMMMM MMMMMMMM", // 50
          "MMMMMMMM MMMMMMMM", // 60
          "BBBBMMM. MM--MMMM", // 70
          "RRRRRRRR RRRRRRRR", // 80
          "MMMMMMMM MMMMMMMM", // 90
          "...MBMMM ...MBMMM", // a0; a6 and a7 are PadLock's
          "MMMMMMMM MMBMMMMM", // b0
          "MMBMBBBM ........", // c0
          "MMMMMMMM MMMMMMMM", // d0
          "MMMMMMMM MMMMMMMM", // e0
          "MMMMMMMM MMMMMMMM"); // f0

  private OpcodeMaps() {}

  /**
   * What follows an opcode.
   *
   * @param map 0 for one-byte opcodes, 1 behind 0F, 2 behind 0F 38, 3 behind 0F 3A; more exist
   *     behind EVEX
   */
  static char form(int map, int opcode, boolean vector) {
    return switch (map) {
      case 0 -> ONE_BYTE.charAt(opcode);
      case 1 -> vector ? vectorForm(opcode) : TWO_BYTE.charAt(opcode);
      case 3 -> MODRM_BYTE;
      default -> MODRM;
    };
  }

  private static char vectorForm(int opcode) {
    char form = TWO_BYTE.charAt(opcode);
    boolean zeroUpper = opcode == 0x77;
    return form == MODRM_BYTE || zeroUpper ? form : MODRM;
  }

  private static String rows(String... rows) {
    String map = Arrays.stream(rows).map(row -> row.replace(" ", "")).collect(Collectors.joining());
    assert map.length() == 256 : map.length();
    return map;
  }
}
