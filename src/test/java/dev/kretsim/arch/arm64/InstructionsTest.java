package dev.kretsim.arch.arm64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.InstructionSet;
import dev.kretsim.arch.MappedMemory;
import dev.kretsim.arch.PageFaultException;
import dev.kretsim.arch.UnsupportedInstructionException;
import dev.kretsim.arch.choice.Arch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kprobes need to know of an arm64 word besides its effect. */
class InstructionsTest {
  private static final InstructionSet SET = Arch.ARM64.instructions();
  private static final int NOP = 0xd503_201f;
  private static final int LDXR = 0xc85f_7c41;
  private static final int STXR = 0xc803_7c41;
  private static final int LDAR = 0xc8df_fc41;
  private static final int STLR = 0xc89f_fc41;
  private static final int CASA = 0xc8e0_7c41;
  private static final int CAS = 0xc8a0_7c41;

  private static byte[] code(int... words) {
    ByteBuffer code = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : words) {
      code.putInt(word);
    }
    return code.array();
  }

  @Test
  void aWordIsFourBytesAndEndsWithTheCode() {
    byte[] code = code(NOP, LDXR);
    assertThat(SET.decode(code, 4).orElseThrow().length()).isEqualTo(4);
    assertThat(SET.decode(code, 5)).isEmpty();
    assertThat(SET.decode(code, 8)).isEmpty();
    assertThat(SET.maxLength()).isEqualTo(4);
  }

  @Test
  void aCopyIsTheSameWord() {
    byte[] load = code(0x5c00_0080);
    assertThat(SET.relocate(load, 0x1000, 0x1234_5678)).hasValue(load);
  }

  @ParameterizedTest
  @ValueSource(ints = {LDXR, LDAR, CASA, 0x885f_fc41, 0xc87f_0440})
  void anExclusiveLoadForbidsProbesUpToThirtyTwoWordsAhead(int opening) {
    int[] words = new int[40];
    Arrays.fill(words, NOP);
    words[2] = opening;
    byte[] code = code(words);
    assertThat(SET.insideExclusive(code, 4 * 2)).isFalse();
    assertThat(SET.insideExclusive(code, 4 * 3)).isTrue();
    assertThat(SET.insideExclusive(code, 4 * 34)).isTrue();
    assertThat(SET.insideExclusive(code, 4 * 35)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {STXR, STLR, CAS})
  void anExclusiveStoreEndsTheSectionAndIsItsLastWord(int closing) {
    byte[] code = code(LDXR, NOP, closing, NOP);
    assertThat(SET.insideExclusive(code, 8)).isTrue();
    assertThat(SET.insideExclusive(code, 12)).isFalse();
  }

  @Test
  void nothingBeforeTheSymbolIsLookedAt() {
    byte[] code = code(NOP, NOP);
    assertThat(SET.insideExclusive(code, 0)).isFalse();
    assertThat(SET.insideExclusive(code, 4)).isFalse();
  }

  @Test
  void aBranchSaysWhereItGoes() {
    long at = 0x1_0000;
    Map<Integer, Long> targets =
        Map.of(
            0x17ff_ffff,
            at - 4, // b
            0x9400_0014,
            at + 0x50, // bl
            0x5400_004c,
            at + 8, // b.gt
            0x3500_0049,
            at + 8, // cbnz
            0xb4ff_ffe9,
            at - 4, // cbz
            0x36ff_ffe0,
            at - 4); // tbz
    targets.forEach(
        (word, target) -> assertThat(new Word(word).target(at)).as("%08x", word).hasValue(target));
    assertThat(new Word(0xd65f_03c0).target(at)).isEmpty();
    assertThat(new Word(0x1000_0010).target(at)).isEmpty();
  }

  @Test
  void onlyBrJumpsIndirectly() {
    assertThat(new Word(0xd61f_0200).jumpsIndirectly()).isTrue();
    assertThat(new Word(0xd71f_0841).jumpsIndirectly()).isTrue(); // braa
    assertThat(new Word(0xd63f_0200).jumpsIndirectly()).isFalse();
    assertThat(new Word(0xd65f_03c0).jumpsIndirectly()).isFalse();
    assertThat(new Word(0x1400_0002).jumpsIndirectly()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0xd400_0001, // svc
        0xd420_0080, // brk #4
        0xd518_d080, // msr
        0xd538_d080, // mrs tpidr_el1
        0x4ea1_1c20, // mov v0, v1
        0x3dc0_0000, // ldr q0
        0xc8e0_7c41, // casa
        0x1900_0400, // cpyfp
        0xf800_0c21, // str x1, [x1, #0]!
        0xa9c0_0420, // ldp x0, x1, [x1]!
        0xa940_0020, // ldp x0, x0, [x1]
      })
  void whatIsNotInterpretedIsNamedAndChangesNothing(int word) {
    Regs regs = new Regs();
    MappedMemory memory = new MappedMemory().map(0, 0x1000, true);
    regs.setInstructionPointer(0x40);
    long[] before = regs.save();
    assertThatThrownBy(() -> SET.execute(new Word(word), regs, memory))
        .isInstanceOf(UnsupportedInstructionException.class)
        .hasMessage("arm64 instruction is not interpreted: 0x%08x at 0x40", word);
    assertThat(regs.save()).isEqualTo(before);
    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void aPairThatCannotBeStoredWhollyIsNotStoredAtAll() {
    MappedMemory memory = new MappedMemory().map(0x1000, 0x1000, true);
    Regs regs = new Regs();
    regs.setStackPointer(0x2008);
    regs.setX(29, 0x1111);
    regs.setX(30, 0x2222);
    memory.write(0x1ff8, 8, 0x3333);
    long[] before = regs.save();
    int stp = 0xa9bf_7bfd; // stp x29, x30, [sp, #-16]!
    assertThatThrownBy(() -> SET.execute(new Word(stp), regs, memory))
        .isInstanceOfSatisfying(
            PageFaultException.class,
            fault -> {
              assertThat(fault.address()).isEqualTo(0x2000);
              assertThat(fault.write()).isTrue();
            });
    assertThat(regs.save()).isEqualTo(before);
    assertThat(memory.readWord(0x1ff8)).isEqualTo(0x3333);
    regs.setStackPointer(0x1008);
    assertThatThrownBy(() -> SET.execute(new Word(stp), regs, memory))
        .isInstanceOfSatisfying(
            PageFaultException.class, fault -> assertThat(fault.write()).isTrue());
    regs.setStackPointer(0x2000);
    SET.execute(new Word(stp), regs, memory);
    assertThat(memory.readWord(0x1ff0)).isEqualTo(0x1111);
    assertThat(memory.readWord(0x1ff8)).isEqualTo(0x2222);
  }

  @Test
  void orderedAndExclusiveAccessesAreAccesses() {
    MappedMemory memory = new MappedMemory().map(0x1000, 0x1000, true);
    Regs regs = new Regs();
    regs.setX(1, -1);
    regs.setX(2, 0x1000);
    regs.setX(3, -1);
    SET.execute(new Word(STLR), regs, memory);
    assertThat(memory.readWord(0x1000)).isEqualTo(-1);
    assertThat(regs.x(3)).isEqualTo(-1);
    regs.setX(1, 5);
    SET.execute(new Word(STXR), regs, memory);
    assertThat(regs.x(3)).isZero();
    regs.setX(1, 0);
    SET.execute(new Word(LDXR), regs, memory);
    assertThat(regs.x(1)).isEqualTo(5);
  }

  @Test
  void vectorRegistersAndTheCurrentTaskAreNoneOfTheSavedRegisters() {
    Regs regs = new Regs();
    long[] saved = regs.save();
    regs.setVector(0, 7);
    regs.setCurrentTask(0x1234);
    regs.restore(saved);
    assertThat(regs.vector(0)).isEqualTo(7);
    SET.execute(new Word(0xd538_4102), regs, new MappedMemory()); // mrs x2, sp_el0
    assertThat(regs.register("x2")).isEqualTo(0x1234);
    assertThat(regs.names()).hasSize(34);
  }
}
