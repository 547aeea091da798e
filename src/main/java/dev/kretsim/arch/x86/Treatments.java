package dev.kretsim.arch.x86;

import dev.kretsim.arch.Instruction.Effect;
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
      return oneByte(instruction); // whatever it is in its own map
    }
    return switch (instruction.map) {
      case 0 -> oneByte(instruction);
      case 1 -> twoByte(instruction);
      default -> Treatment.STEPPED;
    };
  }

  private static Treatment oneByte(Decoded instruction) {
    return switch (instruction.opcode) {
      case 0xcc, 0xcd, 0xce, 0xf1 -> Treatment.TRAPPING; // int3, int, into, int1
      case 0x1f -> Treatment.REJECTED; // pop to ss
      case 0x8e -> instruction.group() == 2 ? Treatment.REJECTED : Treatment.STEPPED; // mov to ss
      case 0x9a, 0xea, 0xcf -> Treatment.UNSUPPORTED; // far call, far jmp, iret
      case 0xfa, 0xfb, 0x9c, 0x9d -> Treatment.EMULATED; // cli, sti, pushf, popf
      case 0xc2, 0xc3, 0xca, 0xcb -> Treatment.EMULATED; // ret, far ones too
      case 0xe8, 0xe9, 0xeb -> Treatment.EMULATED; // call, jmp
      case 0xe0, 0xe1, 0xe2, 0xe3 -> Treatment.EMULATED; // loopne, loope, loop, jrcxz
      case GROUP_5 -> indirect(instruction);
      default -> instruction.opcode >> 4 == 7 ? Treatment.EMULATED : Treatment.STEPPED; // jcc
    };
  }

  /**
   * The kernel looks at the opcode behind a VEX or EVEX prefix as if it stood alone, and takes some
   * vector instructions for jumps: it emulates those, wrongly, as recorded on 6.12 and 7.3. Others
   * look like instructions that 64-bit code no longer has.
   */
  static Effect effect(Decoded instruction) {
    int opcode = instruction.opcode;
    boolean vector = instruction.prefixes.vector();
    if (instruction.map > 1 && !vector) {
      return Effect.NONE;
    }
    if (instruction.map == 1 && !vector) {
      return opcode >> 4 == 8 ? Effect.CONDITIONAL_JUMP : Effect.NONE;
    }
    return switch (opcode) {
      case 0xfa, 0xfb, 0x9c, 0x9d -> Effect.INTERRUPT_FLAG;
      case 0xc2, 0xc3, 0xca, 0xcb, 0xcf -> Effect.RETURN;
      case 0xe8 -> Effect.CALL;
      case 0xe9, 0xeb -> Effect.JUMP;
      case 0xe0, 0xe1, 0xe2, 0xe3 -> Effect.LOOP;
      case GROUP_5 ->
          switch (instruction.group()) {
            case 2, 3 -> Effect.INDIRECT_CALL;
            case 4, 5 -> Effect.INDIRECT_JUMP;
            default -> Effect.NONE;
          };
      default -> opcode >> 4 == 7 ? Effect.CONDITIONAL_JUMP : Effect.NONE;
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
    if (prefixes.emulate()) {
      return false;
    }
    if (instruction.map == 1 && !prefixes.vector()) {
      return twoByteBoostable(instruction.opcode); // whatever stands before it
    }
    boolean byOpcode = instruction.map == 0 || prefixes.vector();
    return byOpcode
        && !prefixes.codeSegment()
        && !prefixes.addressSize()
        && oneByteBoostable(instruction);
  }

  private static boolean oneByteBoostable(Decoded instruction) {
    int member = instruction.group();
    return switch (instruction.opcode) {
      case 0xcc, 0xcd, 0xce -> false; // traps
      case 0xf0, 0xf1, 0xf2, 0xf3, 0xf4 -> false; // prefixes, where vectors have opcodes; hlt
      case 0x9a -> false; // far call
      case 0xe8, 0xe9, 0xeb, 0xe0, 0xe1, 0xe2, 0xe3 -> false; // call, jmp, loops
      case 0xd8, 0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf -> false; // floating point
      case 0xc0, 0xc1, 0xd0, 0xd1, 0xd2, 0xd3 -> member != 6; // an undocumented shl
      case 0xf6, 0xf7 -> member != 1; // an undocumented test
      case 0xfe, GROUP_5 -> member < 2; // inc, dec
      default -> instruction.opcode >> 4 != 7; // jcc
    };
  }

  /**
   * Moves and arithmetic, those of vectors included; not what is only a hint, is told apart by
   * ModRM, or shuffles and shifts by a constant.
   */
  private static boolean twoByteBoostable(int opcode) {
    return switch (opcode >> 4) {
      case 0 -> opcode == 2 || opcode == 3 || opcode == 6 || opcode == 8 || opcode == 9;
      case 1 -> opcode < 0x18 || opcode == 0x1f;
      case 2 -> opcode < 0x24 || opcode >= 0x28;
      case 3 -> opcode >= 0x31 && opcode <= 0x33; // rdtsc, rdmsr, rdpmc
      case 7 -> (opcode >= 0x74 && opcode <= 0x77) || opcode >= 0x7e;
      case 8 -> false; // jcc
      case 0xa ->
          switch (opcode) {
            case 0xa2, 0xa6, 0xa7, 0xaa, 0xae -> false; // cpuid, PadLock, rsm, fences
            default -> true;
          };
      case 0xb -> opcode < 0xb8 || opcode > 0xba; // not popcnt, ud1, bt by a constant
      default -> opcode != 0xff;
    };
  }
}
