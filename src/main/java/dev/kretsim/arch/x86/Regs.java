package dev.kretsim.arch.x86;

import dev.kretsim.arch.AddressSpace;
import dev.kretsim.arch.PtRegs;
import java.util.List;

/** x86-64: 21 words, 168 bytes. The return address is the word that {@code sp} points to. */
public final class Regs extends PtRegs {
  private static final List<String> NAMES =
      List.of(
          "r15", "r14", "r13", "r12", "bp", "bx", "r11", "r10", "r9", "r8", "ax", "cx", "dx", "si",
          "di", "orig_ax", "ip", "cs", "flags", "sp", "ss");

  static final int R15 = 0;
  static final int R14 = 1;
  static final int R13 = 2;
  static final int R12 = 3;
  static final int BP = 4;
  static final int BX = 5;
  static final int R11 = 6;
  static final int R10 = 7;
  static final int R9 = 8;
  static final int R8 = 9;
  static final int AX = 10;
  static final int CX = 11;
  static final int DX = 12;
  static final int SI = 13;
  static final int DI = 14;
  static final int IP = 16;
  public static final int CS = 17;
  public static final int FLAGS = 18;
  static final int SP = 19;

  private static final int REGISTER_ARGUMENTS = 6;
  private static final long PRIVILEGE_LEVEL = 3;
  private static final long INTERRUPT_FLAG = 1 << 9;

  public Regs() {
    super(NAMES.size(), AX, IP, SP, BP);
  }

  @Override
  public long argument(int n) {
    return n < REGISTER_ARGUMENTS ? words[argumentRegister(n)] : 0;
  }

  @Override
  public long argument(int n, AddressSpace stack) {
    // Word 0 is the return address, and the seventh argument comes behind it.
    return n < REGISTER_ARGUMENTS ? argument(n) : stackWord(n - REGISTER_ARGUMENTS + 1, stack);
  }

  @Override
  public boolean userMode() {
    return (words[CS] & PRIVILEGE_LEVEL) != 0;
  }

  @Override
  public boolean irqsEnabled() {
    return (words[FLAGS] & INTERRUPT_FLAG) != 0;
  }

  @Override
  public int bytes() {
    return NAMES.size() * Long.BYTES;
  }

  @Override
  public void setArgument(int n, long value) {
    words[argumentRegister(n)] = value;
  }

  @Override
  public long returnAddress(AddressSpace stack) {
    return stack.readWord(words[SP]);
  }

  @Override
  public void setReturnAddress(AddressSpace stack, long address) {
    stack.writeWord(words[SP], address);
  }

  @Override
  public List<String> names() {
    return NAMES;
  }

  private static int argumentRegister(int n) {
    return switch (n) {
      case 0 -> DI;
      case 1 -> SI;
      case 2 -> DX;
      case 3 -> CX;
      case 4 -> R8;
      case 5 -> R9;
      default -> throw new IllegalArgumentException("not passed in a register: argument " + n);
    };
  }
}
