package dev.kretsim.arch.arm64;

/** Branches, and the few system instructions that ordinary functions contain. */
final class Branches {
  private static final int SP_EL0 = 0b11_000_0100_0001_000;

  private Branches() {}

  /** Executes one and moves the instruction pointer; false if it is not interpreted. */
  static boolean execute(Word word, Regs regs) {
    long pc = regs.instructionPointer();
    long next = pc + Word.BYTES;
    if (word.isBranchImmediate()) {
      jump(regs, word.target(pc).orElseThrow(), word.bit(31));
    } else if (word.isCompareAndBranch()) {
      boolean zero = narrow(regs.x(word.bits(0, 5)), word.wide()) == 0;
      jump(regs, zero != word.bit(24) ? word.target(pc).orElseThrow() : next, false);
    } else if (word.isTestAndBranch()) {
      int tested = word.bits(31, 1) << 5 | word.bits(19, 5);
      boolean set = (regs.x(word.bits(0, 5)) >>> tested & 1) != 0;
      jump(regs, set == word.bit(24) ? word.target(pc).orElseThrow() : next, false);
    } else if (word.isConditionalBranch()) {
      jump(regs, regs.holds(word.bits(0, 4)) ? word.target(pc).orElseThrow() : next, false);
    } else if (word.isBranchToRegister() || word.isCallToRegister() || word.isReturn()) {
      jump(regs, regs.x(word.bits(5, 5)), word.isCallToRegister());
    } else if (word.isHint() || word.isBarrier()) {
      jump(regs, next, false);
    } else if (word.is(0xfff0_0000, 0xd530_0000) && word.bits(5, 16) == SP_EL0) {
      regs.setX(word.bits(0, 5), regs.currentTask());
      jump(regs, next, false);
    } else {
      return false;
    }
    return true;
  }

  private static void jump(Regs regs, long target, boolean link) {
    if (link) {
      regs.setX(Regs.LINK, regs.instructionPointer() + Word.BYTES);
    }
    regs.setInstructionPointer(target);
  }

  private static long narrow(long value, boolean wide) {
    return wide ? value : value & 0xffff_ffffL;
  }
}
