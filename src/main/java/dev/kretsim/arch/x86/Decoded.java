package dev.kretsim.arch.x86;

import dev.kretsim.arch.Instruction;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An x86-64 instruction, taken apart. */
final class Decoded implements Instruction {
  final Prefixes prefixes;

  /** 0 for one-byte opcodes, 1 behind 0F, 2 behind 0F 38, 3 behind 0F 3A. */
  final int map;

  final int opcode;

  /** The ModRM byte, or -1. */
  final int modrm;

  /** The operand in memory, if there is one. */
  final @Nullable Address address;

  /** The immediate operand or the distance to jump, sign-extended; 0 if there is none. */
  final long immediate;

  /** Where the displacement of an address relative to the instruction pointer starts, or -1. */
  final int displacementAt;

  /** Where the distance of a relative jump or call starts, or -1. */
  final int distanceAt;

  private final byte[] bytes;
  private final Treatment treatment;
  private final boolean boostable;

  Decoded(
      Prefixes prefixes,
      int map,
      int opcode,
      int modrm,
      @Nullable Address address,
      long immediate,
      int displacementAt,
      int distanceAt,
      byte[] bytes) {
    this.prefixes = prefixes;
    this.map = map;
    this.opcode = opcode;
    this.modrm = modrm;
    this.address = address;
    this.immediate = immediate;
    this.displacementAt = displacementAt;
    this.distanceAt = distanceAt;
    this.bytes = bytes;
    this.treatment = Treatments.treatment(this);
    this.boostable = Treatments.boostable(this);
  }

  @Override
  public int length() {
    return bytes.length;
  }

  @Override
  public Treatment treatment() {
    return treatment;
  }

  @Override
  public Effect effect() {
    return Treatments.effect(this);
  }

  @Override
  public boolean boostable() {
    return boostable;
  }

  @Override
  public boolean jumpsIndirectly() {
    return isPlain(0xff) && (group() == 4 || group() == 5);
  }

  @Override
  public OptionalLong target(long own) {
    boolean takenForJump =
        prefixes.vector()
            && switch (effect()) {
              case CALL, JUMP, CONDITIONAL_JUMP, LOOP -> true;
              default -> false;
            };
    return distanceAt < 0 && !takenForJump
        ? OptionalLong.empty()
        : OptionalLong.of(own + bytes.length + immediate);
  }

  /** Whether it is that one-byte opcode. */
  boolean isPlain(int wanted) {
    return map == 0 && opcode == wanted && !prefixes.vector();
  }

  /** Bytes of the distance at {@link #distanceAt}, which ends the instruction. */
  int distanceSize() {
    return distanceAt < 0 ? 0 : bytes.length - distanceAt;
  }

  /** The middle field of ModRM, where it extends the opcode. */
  int group() {
    return modrm >> 3 & 7;
  }

  /** The register that the middle field of ModRM names. */
  int register() {
    return group() | prefixes.registerBit();
  }

  /** The register that the last field of ModRM names; only without {@link #address}. */
  int operandRegister() {
    return modrm & 7 | prefixes.baseBit();
  }

  /** The register that the last bits of the opcode name. */
  int opcodeRegister() {
    return opcode & 7 | prefixes.baseBit();
  }

  /** A copy of its bytes. */
  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
