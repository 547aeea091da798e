package dev.kretsim.image;

import dev.kretsim.arch.choice.Arch;
import java.util.Arrays;

/** Tells an ftrace site by its bytes, where no table says which functions have one. */
public final class FtraceNop {
  private static final byte[] NOP = {0x0f, 0x1f, 0x44, 0, 0};

  private FtraceNop() {}

  /**
   * {@return whether a function begins with what ftrace leaves there: on x86-64 a nop of five
   * bytes, on arm64 {@code mov x9, x30} and a nop}
   *
   * @param code its bytes
   */
  public static boolean isAt(Arch arch, byte[] code) {
    if (arch == Arch.ARM64) {
      int at = arch.ftraceOffset(Arrays.copyOf(code, 4)) - 4;
      return code.length >= at + 8
          && word(code, at) == 0xaa1e03e9
          && word(code, at + 4) == 0xd503201f;
    }
    int at = arch.startsWithBranchTarget(Arrays.copyOf(code, 4)) ? 4 : 0;
    return code.length >= at + NOP.length
        && Arrays.equals(code, at, at + NOP.length, NOP, 0, NOP.length);
  }

  private static int word(byte[] code, int at) {
    return code[at] & 0xff
        | (code[at + 1] & 0xff) << 8
        | (code[at + 2] & 0xff) << 16
        | code[at + 3] << 24;
  }
}
