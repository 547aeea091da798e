package dev.kretsim.arch.x86;

/**
 * A memory operand: base + index * 2^scale + displacement.
 *
 * @param base register number, {@link #NONE} or {@link #IP}
 * @param index register number, or {@link #NONE}
 * @param scale 0 to 3
 * @param displacement signed; an absolute address if there are no registers
 */
record Address(int base, int index, int scale, long displacement) {
  static final int NONE = -1;
  static final int IP = -2;
}
