package dev.kretsim.arch.x86;

/**
 * What stands in front of an opcode.
 *
 * @param operandSize whether there is a 66
 * @param addressSize whether there is a 67
 * @param lock whether there is an F0
 * @param repeat the last F2 or F3, or 0
 * @param segment the last segment override (26, 2E, 36, 3E, 64, 65), or 0
 * @param codeSegment whether a 2E is among the overrides
 * @param rex the low four bits of the REX prefix, or what a VEX or EVEX prefix says in their stead
 * @param hasRex whether there is a REX prefix, so that byte registers 4 to 7 are spl, bpl, sil, dil
 * @param vector whether there is a VEX or EVEX prefix
 * @param emulate whether a hypervisor is asked to emulate what follows
 */
record Prefixes(
    boolean operandSize,
    boolean addressSize,
    boolean lock,
    int repeat,
    int segment,
    boolean codeSegment,
    int rex,
    boolean hasRex,
    boolean vector,
    boolean emulate) {
  static final int REPNE = 0xf2;
  static final int REP = 0xf3;
  private static final int FS = 0x64;
  private static final int GS = 0x65;

  /** REX.W: a 64-bit operand. */
  boolean wide() {
    return (rex & 8) != 0;
  }

  /** REX.R, as what it adds to the register field. */
  int registerBit() {
    return (rex & 4) << 1;
  }

  /** REX.B, as what it adds to the base, or to the register in the opcode. */
  int baseBit() {
    return (rex & 1) << 3;
  }

  /** Whether memory is addressed relative to a segment whose base is not zero. */
  boolean hasSegmentBase() {
    return segment == FS || segment == GS;
  }
}
