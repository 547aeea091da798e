package dev.kretsim.arch.x86;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes one instruction of 64-bit code apart: prefixes, opcode, ModRM, SIB, displacement,
 * immediate.
 *
 * <p>Near jumps and calls have a distance of four bytes whatever their operand size, as on Intel's
 * processors; AMD's read two bytes behind a 66. No compiler emits that.
 */
final class Decoder {
  static final int MAX_LENGTH = 15;

  private static final int ABSENT = -1;

  private final byte[] code;
  private final int start;
  private int at;

  private boolean operandSize;
  private boolean addressSize;
  private boolean lock;
  private int repeat;
  private int segment;
  private boolean codeSegment;
  private int rex = ABSENT;
  private boolean vector;
  private boolean emulate;

  private int map;
  private int opcode;
  private int modrm = ABSENT;
  private @Nullable Address address;
  private int displacementAt = ABSENT;
  private long immediate;
  private int distanceAt = ABSENT;

  private Decoder(byte[] code, int start) {
    this.code = code;
    this.start = start;
    this.at = start;
  }

  static Optional<Decoded> decode(byte[] code, int at) {
    try {
      return new Decoder(code, at).instruction();
    } catch (EndOfCode end) {
      return Optional.empty();
    }
  }

  private Optional<Decoded> instruction() throws EndOfCode {
    emulatePrefix();
    legacyPrefixes();
    if (!opcode()) {
      return Optional.empty();
    }
    char form = OpcodeMaps.form(map, opcode, vector);
    if (form == OpcodeMaps.INVALID || form == OpcodeMaps.ESCAPE) {
      return Optional.empty();
    }
    if ("MBZgG".indexOf(form) >= 0) {
      modrm();
      if (isUndefined()) {
        return Optional.empty();
      }
    }
    immediate(form);
    byte[] own = Arrays.copyOfRange(code, start, at);
    return Optional.of(
        new Decoded(
            prefixes(), map, opcode, modrm, address, immediate, displacementAt, distanceAt, own));
  }

  private Prefixes prefixes() {
    return new Prefixes(
        operandSize,
        addressSize,
        lock,
        repeat,
        segment,
        codeSegment,
        Math.max(rex, 0) & 0xf,
        rex != ABSENT && !vector,
        vector,
        emulate);
  }

  /** Xen's and KVM's {@code ud2} followed by a name in letters, which asks for emulation. */
  private void emulatePrefix() {
    for (String name : new String[] {"xen", "kvm"}) {
      byte[] prefix = {
        0x0f, 0x0b, (byte) name.charAt(0), (byte) name.charAt(1), (byte) name.charAt(2)
      };
      int end = start + prefix.length;
      if (end <= code.length && Arrays.equals(code, start, end, prefix, 0, prefix.length)) {
        emulate = true;
        at = end;
      }
    }
  }

  /** Reads prefixes up to the opcode; a REX prefix counts only if it comes last. */
  private void legacyPrefixes() throws EndOfCode {
    while (true) {
      int prefix = peek();
      if (prefix >> 4 == 4) {
        rex = prefix & 0xf;
        at++;
        continue;
      }
      switch (prefix) {
        case 0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65 -> {
          segment = prefix;
          codeSegment |= prefix == 0x2e;
        }
        case 0x66 -> operandSize = true;
        case 0x67 -> addressSize = true;
        case 0xf0 -> lock = true;
        case Prefixes.REPNE, Prefixes.REP -> repeat = prefix;
        default -> {
          return;
        }
      }
      rex = ABSENT;
      at++;
    }
  }

  private boolean opcode() throws EndOfCode {
    opcode = unsigned();
    switch (opcode) {
      case 0xc4, 0xc5, 0x62 -> {
        return vectorPrefix(opcode);
      }
      case 0x0f -> {
        map = 1;
        opcode = unsigned();
        if (opcode == 0x38 || opcode == 0x3a) {
          map = opcode == 0x38 ? 2 : 3;
          opcode = unsigned();
        }
      }
      default -> map = 0;
    }
    return true;
  }

  /** VEX of two or three bytes, or EVEX of four; nothing that it stands for may precede it. */
  private boolean vectorPrefix(int first) throws EndOfCode {
    if (operandSize || lock || repeat != 0 || rex != ABSENT) {
      return false;
    }
    vector = true;
    int payload = unsigned();
    int extension = ~payload >> 5; // R, X and B are stored inverted
    if (first == 0xc5) {
      map = 1;
      rex = extension & 4;
    } else {
      map = payload & (first == 0x62 ? 7 : 0x1f);
      rex = extension & 7 | unsigned() >> 7 << 3;
      if (first == 0x62) {
        unsigned();
      }
    }
    opcode = unsigned();
    return first == 0x62 ? map != 0 && map != 4 && map != 7 : map >= 1 && map <= 3;
  }

  private void modrm() throws EndOfCode {
    modrm = unsigned();
    int mod = modrm >> 6;
    boolean controlOrDebugRegister = map == 1 && opcode >> 2 == 0x20 >> 2 && !vector;
    if (mod == 3 || controlOrDebugRegister) {
      return;
    }
    int bits = Math.max(rex, 0);
    int base = modrm & 7;
    int index = Address.NONE;
    int scale = 0;
    boolean scaled = base == 4;
    if (scaled) {
      int sib = unsigned();
      scale = sib >> 6;
      index = sib >> 3 & 7 | (bits & 2) << 2;
      base = sib & 7;
      if (index == 4) {
        index = Address.NONE;
      }
    }
    boolean displacementOnly = mod == 0 && base == 5;
    int displacementSize = displacementOnly ? 4 : mod == 0 ? 0 : mod == 1 ? 1 : 4;
    if (displacementOnly) {
      base = scaled ? Address.NONE : Address.IP;
      displacementAt = scaled ? ABSENT : at - start;
    } else {
      base |= (bits & 1) << 3;
    }
    address = new Address(base, index, scale, signed(displacementSize));
  }

  /** Whether ModRM selects a member of an opcode group that does not exist. */
  private boolean isUndefined() {
    int member = modrm >> 3 & 7;
    return map == 0
        && !vector
        && switch (opcode) {
          case 0x8f -> member != 0;
          case 0xc6, 0xc7 -> member != 0 && modrm != 0xf8; // xabort, xbegin
          case 0xfe -> member > 1;
          case 0xff -> member == 7;
          default -> false;
        };
  }

  private void immediate(char form) throws EndOfCode {
    boolean wide = rex > 0 && (rex & 8) != 0;
    int word = operandSize && !wide ? 2 : 4;
    boolean test = (modrm >> 3 & 7) <= 1;
    switch (form) {
      case OpcodeMaps.BYTE, OpcodeMaps.MODRM_BYTE -> immediate = signed(1);
      case OpcodeMaps.WORD -> immediate = signed(word);
      case OpcodeMaps.MODRM_WORD -> {
        boolean begin = opcode == 0xc7 && modrm == 0xf8;
        distanceAt = begin ? at - start : ABSENT;
        immediate = signed(word);
      }
      case OpcodeMaps.FULL -> immediate = signed(wide ? 8 : word);
      case OpcodeMaps.SHORT -> immediate = signed(2) & 0xffff;
      case OpcodeMaps.ENTER -> {
        immediate = signed(2) & 0xffff;
        signed(1);
      }
      case OpcodeMaps.ADDRESS -> {
        long absolute = addressSize ? signed(4) & 0xffff_ffffL : signed(8);
        address = new Address(Address.NONE, Address.NONE, 0, absolute);
      }
      case OpcodeMaps.NEAR, OpcodeMaps.FAR -> {
        distanceAt = at - start;
        immediate = signed(form == OpcodeMaps.NEAR ? 1 : 4);
      }
      case OpcodeMaps.TEST_BYTE -> immediate = test ? signed(1) : 0;
      case OpcodeMaps.TEST_WORD -> immediate = test ? signed(word) : 0;
      default -> {}
    }
  }

  private int peek() throws EndOfCode {
    if (at >= code.length || at - start >= MAX_LENGTH) {
      throw EndOfCode.REACHED;
    }
    return code[at] & 0xff;
  }

  private int unsigned() throws EndOfCode {
    int value = peek();
    at++;
    return value;
  }

  private long signed(int size) throws EndOfCode {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (long) unsigned() << (8 * i);
    }
    int unused = Long.SIZE - 8 * size;
    return size == 0 ? 0 : value << unused >> unused;
  }

  /** The bytes end, or the fifteenth has been read, before the instruction does. */
  private static final class EndOfCode extends Exception {
    private static final long serialVersionUID = 1;
    static final EndOfCode REACHED = new EndOfCode();

    private EndOfCode() {
      super("end of code", null, false, false);
    }
  }
}
