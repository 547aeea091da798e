package dev.kretsim.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.kretsim.arch.Instruction;
import dev.kretsim.arch.InstructionSet;
import dev.kretsim.arch.choice.Arch;
import java.util.Arrays;
import java.util.Optional;

/** Any bytes are instructions or none, whatever stands behind them. */
class DecoderFuzzIT {
  private static final long HERE = 0xffff_ffff_8100_0000L;
  private static final long THERE = 0xffff_ffff_a000_0000L;

  @FuzzTest(maxDuration = "1m")
  void bytesAreInstructionsOrNone(byte[] bytes) {
    for (Arch arch : Arch.values()) {
      InstructionSet set = arch.instructions();
      for (int at = 0; at < bytes.length; ) {
        Optional<Instruction> found = set.decode(bytes, at);
        set.insideExclusive(bytes, at);
        int length = found.map(Instruction::length).orElse(1);
        check(set, bytes, at, found, length);
        at += length;
      }
    }
  }

  private static void check(
      InstructionSet set, byte[] bytes, int at, Optional<Instruction> found, int length) {
    if (length < 1 || length > set.maxLength() || at + length > bytes.length) {
      throw new AssertionError("length " + length + " at " + at);
    }
    if (found.isEmpty()) {
      return;
    }
    byte[] own = Arrays.copyOfRange(bytes, at, at + length);
    Instruction alone =
        set.decode(own, 0).orElseThrow(() -> new AssertionError("needs what follows, at " + at));
    if (alone.length() != length
        || alone.treatment() != found.get().treatment()
        || alone.effect() != found.get().effect()) {
      throw new AssertionError("changes with what follows, at " + at);
    }
    found.get().target(HERE);
    set.relocate(own, HERE, THERE)
        .ifPresent(
            copy -> {
              if (copy.length != length) {
                throw new AssertionError("its copy has another length, at " + at);
              }
            });
  }
}
