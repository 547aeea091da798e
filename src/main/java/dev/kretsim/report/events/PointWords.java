package dev.kretsim.report.events;

import dev.kretsim.arch.Instruction;
import dev.kretsim.arch.choice.Arch;

/** Says in words how a kernel would have a probed instruction executed. */
final class PointWords {
  private PointWords() {}

  static String of(Instruction instruction, Arch arch) {
    return switch (instruction.treatment()) {
      case EMULATED -> effect(instruction) + "simulated";
      case STEPPED ->
          arch == Arch.ARM64
              ? "stepped"
              : instruction.boostable() ? "stepped, boostable" : "stepped, not boostable";
      case UNSUPPORTED -> effect(instruction) + "can be neither stepped nor simulated";
      case REJECTED -> effect(instruction) + "cannot be executed elsewhere";
      case TRAPPING -> "traps by itself";
    };
  }

  private static String effect(Instruction instruction) {
    return switch (instruction.effect()) {
      case NONE -> "";
      case CALL -> "call, ";
      case INDIRECT_CALL -> "indirect call, ";
      case JUMP -> "jump, ";
      case INDIRECT_JUMP -> "indirect jump, ";
      case CONDITIONAL_JUMP -> "conditional jump, ";
      case RETURN -> "return, ";
      case LOOP -> "loop, ";
      case INTERRUPT_FLAG -> "interrupt flag, ";
    };
  }
}
