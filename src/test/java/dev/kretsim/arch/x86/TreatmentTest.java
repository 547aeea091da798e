package dev.kretsim.arch.x86;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.Instruction;
import dev.kretsim.arch.Instruction.Treatment;
import dev.kretsim.arch.InstructionSet;
import dev.kretsim.arch.choice.Arch;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What kprobes may do with each instruction, and what becomes of one that is moved. */
class TreatmentTest {
  private static final InstructionSet SET = Arch.X86_64.instructions();
  private static final long FROM = 0xffff_ffff_8100_0000L;

  @ParameterizedTest
  @CsvSource({
    "fa, EMULATED", // cli
    "fb, EMULATED", // sti
    "9c, EMULATED", // pushf
    "9d, EMULATED", // popf
    "c3, EMULATED", // ret
    "c2 08 00, EMULATED", // ret $8
    "f3 c3, EMULATED", // rep ret
    "cb, EMULATED", // lret
    "e8 00 00 00 00, EMULATED", // call
    "e9 00 00 00 00, EMULATED", // jmp
    "eb 00, EMULATED", // short jmp
    "74 00, EMULATED", // je
    "0f 84 00 00 00 00, EMULATED", // je, far away
    "e2 00, EMULATED", // loop
    "e3 00, EMULATED", // jrcxz
    "ff d0, EMULATED", // call *%rax
    "41 ff e3, EMULATED", // jmp *%r11
    "67 ff d0, UNSUPPORTED", // addr32 call *%rax
    "ff 10, UNSUPPORTED", // call *(%rax)
    "ff 25 00 00 00 00, UNSUPPORTED", // jmp *0(%rip)
    "ff 18, UNSUPPORTED", // lcall *(%rax)
    "ff 28, UNSUPPORTED", // ljmp *(%rax)
    "cf, UNSUPPORTED", // iret
    "48 cf, UNSUPPORTED", // iretq
    "0f 01 c1, UNSUPPORTED", // vmcall
    "0f 01 f8, STEPPED", // swapgs
    "0f 01 38, STEPPED", // invlpg
    "cc, TRAPPING", // int3
    "cd 80, TRAPPING", // int $0x80
    "0f 0b, TRAPPING", // ud2
    "0f b9 00, TRAPPING", // ud1
    "0f ff 00, TRAPPING", // ud0
    "8e d0, REJECTED", // mov to ss
    "8e d8, STEPPED", // mov to ds
    "0f 0b 78 65 6e 0f a2, REJECTED", // an emulated cpuid
    "55, STEPPED", // push %rbp
    "ff 30, STEPPED", // push (%rax)
    "0f 1f 44 00 00, STEPPED", // nopl
    "f3 0f 1e fa, STEPPED", // endbr64
    "c5 f8 77, EMULATED", // vzeroupper, taken for a ja
    "c4 e2 7d 78 7c 24 0f, EMULATED", // vpbroadcastb, taken for a js
    "c5 f1 eb c0, EMULATED", // vpor, taken for a jmp
    "c5 f1 ea c0, UNSUPPORTED", // vpminsw, taken for a far jmp
    "c4 e2 f1 9a c0, UNSUPPORTED", // vfmsub132pd, taken for a far call
    "c4 e3 f9 cf c0 00, UNSUPPORTED", // vgf2p8affineinvqb, taken for an iret
    "c4 e3 f9 ce c0 00, TRAPPING", // vgf2p8affineqb, taken for an into
    "c5 f1 f1 c0, TRAPPING", // vpsllw, taken for an int1
    "c4 e2 79 8e 10, REJECTED", // vpmaskmovd from xmm2, taken for a mov to ss
    "c4 e2 79 8e 18, STEPPED", // the same from xmm3
    "62 f2 fd 08 1f c1, REJECTED", // vpabsq, taken for a pop to ss
    "c5 f8 28 c1, STEPPED" // vmovaps
  })
  void eachInstructionHasItsTreatment(String hex, Treatment treatment) {
    assertThat(decode(hex).treatment()).isEqualTo(treatment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "55",
        "48 89 e5",
        "48 8b 05 00 00 00 00",
        "fa",
        "c3",
        "66 66 2e 0f 1f 84 00 00 00 00 00",
        "0f 31",
        "66 0f 6f c1",
        "c5 fd 6f fb",
        "c4 e2 7d 5a 07",
        "0f af c1",
        "0f b6 c0",
        "0f 1f 44 00 00",
        "90",
        "f0 ff 00",
        "65 48 8b 04 25 28 00 00 00",
        "d1 e0",
        "f7 d8",
        "0f 44 c1"
      })
  void aJumpBackMayFollowWhatNeitherJumpsNorTraps(String hex) {
    assertThat(decode(hex).boostable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "74 00",
        "0f 84 00 00 00 00",
        "e8 00 00 00 00",
        "e9 00 00 00 00",
        "eb 00",
        "e2 00",
        "ff d0",
        "ff 30",
        "c5 e5 fe 1d 00 00 00 00",
        "66 0f 70 c1 00",
        "ff e0",
        "ff 10",
        "cc",
        "cd 80",
        "f4",
        "0f 0b",
        "d9 00",
        "2e 8b 00",
        "67 8b 00",
        "2e 65 8b 00",
        "d1 f0",
        "f7 c8 00 00 00 00",
        "0f 38 f0 00",
        "c5 f8 77",
        "c5 f9 f2 c1",
        "c5 fb f0 00",
        "0f 05"
      })
  void noJumpBackFollowsOthers(String hex) {
    assertThat(decode(hex).boostable()).isFalse();
  }

  /**
   * By the second byte, sixteen to a row: 1 may be followed by a jump back, - is no instruction.
   */
  private static final List<String> BEHIND_0F =
      List.of(
          "0011-010 11-0-000", // 00: lar, lsl, clts, invd, wbinvd
          "11111111 00000001", // 10: moves of vectors; no hints, but nop
          "1111---- 11111111", // 20: control registers, conversions
          "011100-0 p-p-----", // 30: rdtsc, rdmsr, rdpmc
          "11111111 11111111", // 40: cmov
          "11111111 11111111", // 50
          "11111111 11111111", // 60
          "00001111 00--0011", // 70: no shuffles and shifts by a constant
          "00000000 00000000", // 80: jumps
          "11111111 11111111", // 90: set
          "11011100 11011101", // a0: no cpuid, rsm, fences
          "11111111 00011111", // b0: no popcnt, ud1, bt by a constant
          "11111111 11111111", // c0
          "11111111 11111111", // d0
          "11111111 11111111", // e0
          "11111111 11111110"); // f0: no ud0

  @Test
  void everyOpcodeBehind0fMayBeFollowedByAJumpBackOrNot() {
    for (int row = 0; row < BEHIND_0F.size(); row++) {
      StringBuilder found = new StringBuilder();
      for (int opcode = row << 4; opcode < row + 1 << 4; opcode++) {
        byte[] code = Arrays.copyOf(new byte[] {0x0f, (byte) opcode, (byte) 0xc0}, 16);
        boolean map = opcode == 0x38 || opcode == 0x3a;
        found
            .append(opcode % 16 == 8 ? " " : "")
            .append(
                map
                    ? "p"
                    : SET.decode(code, 0).map(one -> one.boostable() ? "1" : "0").orElse("-"));
      }
      assertThat(found).as("0f %x0", row).hasToString(BEHIND_0F.get(row));
    }
  }

  @Test
  void onlyJumpsThroughARegisterOrMemoryAreIndirect() {
    for (String jump : new String[] {"ff e0", "ff 20", "ff 28", "3e ff e0"}) {
      assertThat(decode(jump).jumpsIndirectly()).as(jump).isTrue();
    }
    for (String other :
        new String[] {"ff d0", "ff 10", "ff 30", "c3", "e9 00 00 00 00", "0f ff 20"}) {
      assertThat(decode(other).jumpsIndirectly()).as(other).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "eb fe, 0",
    "74 10, 18",
    "0f 84 00 01 00 00, 262",
    "e8 fb ff ff ff, 0",
    "e2 80, -126",
    "f2 e9 00 00 00 00, 6",
    "c7 f8 00 00 00 00, 6"
  })
  void aRelativeTargetCountsFromTheNextInstruction(String hex, long target) {
    assertThat(decode(hex).target(FROM)).isEqualTo(OptionalLong.of(FROM + target));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c3", "ff e0", "48 8b 05 00 00 00 00", "90"})
  void othersHaveNoTarget(String hex) {
    assertThat(decode(hex).target(FROM)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "48 8b 05 00 01 00 00, 48 8b 05 00 f1 ff ff", // mov 0x100(%rip), %rax
    "c7 05 00 10 00 00 07 00 00 00, c7 05 00 00 00 00 07 00 00 00", // movl $7, 0x1000(%rip)
    "e8 00 10 00 00, e8 00 00 00 00",
    "c5 f9 6f 05 00 10 00 00, c5 f9 6f 05 00 00 00 00", // vmovdqa 0x1000(%rip), %xmm0
    "48 8b 45 10, 48 8b 45 10",
    "48 8b 04 25 00 10 00 00, 48 8b 04 25 00 10 00 00" // an absolute address
  })
  void distancesFromTheInstructionPointerAreAdjusted(String hex, String moved) {
    assertThat(SET.relocate(bytes(hex), FROM, FROM + 0x1000)).contains(bytes(moved));
  }

  @Test
  void theCopyStillRefersToTheSameAddress() {
    byte[] call = bytes("e8 78 56 34 12");
    long to = FROM + 0x0765_4321;
    byte[] moved = SET.relocate(call, FROM, to).orElseThrow();
    assertThat(SET.decode(moved, 0).orElseThrow().target(to))
        .isEqualTo(SET.decode(call, 0).orElseThrow().target(FROM));
  }

  @Test
  void whatGetsOutOfReachCannotBeMoved() {
    byte[] load = bytes("48 8b 05 00 00 00 00");
    long limit = 1L << 31;
    assertThat(SET.relocate(load, FROM, FROM + limit)).isPresent();
    assertThat(SET.relocate(load, FROM, FROM + limit + 1)).isEmpty();
    assertThat(SET.relocate(load, FROM, FROM - limit + 1)).isPresent();
    assertThat(SET.relocate(load, FROM, FROM - limit)).isEmpty();
    assertThat(SET.relocate(bytes("eb 00"), FROM, FROM + 128)).isPresent();
    assertThat(SET.relocate(bytes("eb 00"), FROM, FROM + 129)).isEmpty();
    assertThat(SET.relocate(bytes("90"), FROM, 0)).isPresent();
  }

  @Test
  void bytesThatAreNoInstructionAreNotMoved() {
    assertThatThrownBy(() -> SET.relocate(bytes("06"), 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no instruction: 06");
  }

  private static Instruction decode(String hex) {
    byte[] code = bytes(hex);
    Optional<Instruction> decoded = SET.decode(code, 0);
    assertThat(decoded).as(hex).isPresent();
    assertThat(decoded.orElseThrow().length()).as(hex).isEqualTo(code.length);
    return decoded.orElseThrow();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
