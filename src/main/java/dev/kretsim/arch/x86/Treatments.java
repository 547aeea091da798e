package dev.kretsim.arch.x86;

import dev.kretsim.arch.Instruction.Treatment;

/**
 * How kprobes treat each instruction.
 *
 * <p><b>Source.</b> {@code arch/x86/kernel/kprobes/core.c} of 5.13 and later: what a single step
 * cannot carry over from the copy to the original, because it depends on the instruction pointer or
 * on the interrupt flag, is emulated. Older kernels stepped these too.
 */
final class Treatments {
  private static final int GROUP_5 = 0xff;

  private Treatments() {}

  static Treatment treatment(Decoded instruction) {
    if (instruction.prefixes.emulate()) {
      return Treatment.REJECTED;
    }
    if (instruction.prefixes.vector()) {
      return Treatment.STEPPED;
    }
    return switch (instruction.map) {
      case 0 -> oneByte(instruction);
      case 1 -> twoByte(instruction);
      default -> Treatment.STEPPED;
    };
  }

  private static Treatment oneByte(Decoded instruction) {
    return switch (instruction.opcode) {
      case 0xcc, 0xcd, 0xf1 -> Treatment.TRAPPING; // int3, int, int1
      case 0x8e -> instruction.group() == 2 ? Treatment.REJECTED : Treatment.STEPPED; // mov to ss
      case 0xcf -> Treatment.UNSUPPORTED; // iret
      case 0xfa, 0xfb, 0x9c, 0x9d -> Treatment.EMULATED; // cli, sti, pushf, popf
      case 0xc2, 0xc3, 0xca, 0xcb -> Treatment.EMULATED; // ret, far ones too
      case 0xe8, 0xe9, 0xeb -> Treatment.EMULATED; // call, jmp
      case 0xe0, 0xe1, 0xe2, 0xe3 -> Treatment.EMULATED; // loopne, loope, loop, jrcxz
      case GROUP_5 -> indirect(instruction);
      default -> instruction.opcode >> 4 == 7 ? Treatment.EMULATED : Treatment.STEPPED; // jcc
    };
  }

  private static Treatment indirect(Decoded instruction) {
    return switch (instruction.group()) {
      case 2, 4 ->
          instruction.address == null && !instruction.prefixes.addressSize()
              ? Treatment.EMULATED
              : Treatment.UNSUPPORTED;
      case 3, 5 -> Treatment.UNSUPPORTED; // far
      default -> Treatment.STEPPED;
    };
  }

  private static Treatment twoByte(Decoded instruction) {
    return switch (instruction.opcode) {
      case 0x0b, 0xb9, 0xff -> Treatment.TRAPPING; // ud2, ud1, ud0
      case 0x01 ->
          instruction.group() == 0 && instruction.address == null
              ? Treatment.UNSUPPORTED // vmcall and its like
              : Treatment.STEPPED;
      default -> instruction.opcode >> 4 == 8 ? Treatment.EMULATED : Treatment.STEPPED; // jcc
    };
  }

  /** Whether a jump back may follow the copy in its slot, or in a detour. */
  static boolean boostable(Decoded instruction) {
    Prefixes prefixes = instruction.prefixes;
    boolean movable =
        !prefixes.codeSegment()
            && !prefixes.addressSize()
            && !prefixes.vector()
            && !prefixes.emulate();
    return movable
        && switch (instruction.map) {
          case 0 -> oneByteBoostable(instruction);
          case 1 -> twoByteBoostable(instruction.opcode);
          default -> false;
        };
  }

  private static boolean oneByteBoostable(Decoded instruction) {
    int member = instruction.group();
    return switch (instruction.opcode) {
      case 0xcc, 0xcd, 0xf1, 0xf4 -> false; // traps, hlt
      case 0xe8, 0xe9, 0xeb, 0xe0, 0xe1, 0xe2, 0xe3 -> false; // call, jmp, loops
      case 0xd8, 0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf -> false; // floating point
      case 0xc0, 0xc1, 0xd0, 0xd1, 0xd2, 0xd3 -> member != 6; // an undocumented shl
      case 0xf6, 0xf7 -> member != 1; // an undocumented test
      case GROUP_5 -> member < 2 || member == 6; // inc, dec, push
      default -> instruction.opcode >> 4 != 7; // jcc
    };
  }

  /** Moves, arithmetic and bit operations on ordinary registers. */
  private static boolean twoByteBoostable(int opcode) {
    return switch (opcode >> 4) {
      case 4, 9 -> true; // cmov, setcc
      default ->
          switch (opcode) {
            case 0x1f -> true; // nop
            case 0xa3, 0xab, 0xb3, 0xbb -> true; // bt and its like
            case 0xa4, 0xa5, 0xac, 0xad -> true; // shld, shrd
            case 0xaf, 0xb0, 0xb1, 0xc0, 0xc1 -> true; // imul, cmpxchg, xadd
            case 0xb6, 0xb7, 0xbe, 0xbf -> true; // movzx, movsx
            case 0xbc, 0xbd -> true; // bsf, bsr
            default -> opcode >= 0xc8 && opcode <= 0xcf; // bswap
          };
    };
  }
}
