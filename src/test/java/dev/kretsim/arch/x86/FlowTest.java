package dev.kretsim.arch.x86;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.FlatMemory;
import dev.kretsim.arch.Instruction;
import dev.kretsim.arch.InstructionSet;
import dev.kretsim.arch.PageFaultException;
import dev.kretsim.arch.PtRegs;
import dev.kretsim.arch.choice.Arch;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where execution goes on, and what a recording of a user process cannot show. */
class FlowTest {
  private static final InstructionSet SET = Arch.X86_64.instructions();
  private static final long CODE = 0xffff_ffff_8100_0000L;
  private static final long STACK = 0x8000;
  private static final long DATA = 0x1_0000;

  private final PtRegs regs = Arch.X86_64.newRegs();
  private final FlatMemory memory =
      new FlatMemory().map(STACK - 64, new byte[128]).map(DATA, new byte[64]);

  @BeforeEach
  void start() {
    regs.setInstructionPointer(CODE);
    regs.setStackPointer(STACK);
  }

  @ParameterizedTest
  @CsvSource({
    "e8 00 01 00 00, 0x105",
    "e8 fb ff ff ff, 0",
    "e9 00 00 00 80, -0x7ffffffb",
    "eb 80, -126",
    "f3 0f 1e fa, 4",
    "c7 00 00 00 00 00, 6"
  })
  void aDistanceCountsFromTheNextInstruction(String hex, String distance) {
    set("ax", DATA);
    execute(hex);
    assertThat(regs.instructionPointer()).isEqualTo(CODE + Long.decode(distance));
  }

  @Test
  void aCallPushesTheAddressBehindIt() {
    execute("e8 00 01 00 00");
    assertThat(regs.stackPointer()).isEqualTo(STACK - 8);
    assertThat(memory.readWord(STACK - 8)).isEqualTo(CODE + 5);
    execute("c3");
    assertThat(regs.instructionPointer()).isEqualTo(CODE + 5);
    assertThat(regs.stackPointer()).isEqualTo(STACK);
  }

  @Test
  void aReturnMayDropArguments() {
    memory.writeWord(STACK, 0x1234);
    execute("c2 10 00");
    assertThat(regs.instructionPointer()).isEqualTo(0x1234);
    assertThat(regs.stackPointer()).isEqualTo(STACK + 8 + 16);
  }

  @Test
  void indirectJumpsAndCallsGoWhereRegisterOrMemorySay() {
    set("r11", 0x5000);
    execute("41 ff e3");
    assertThat(regs.instructionPointer()).isEqualTo(0x5000);
    set("ax", 0x6000);
    execute("ff d0");
    assertThat(regs.instructionPointer()).isEqualTo(0x6000);
    assertThat(memory.readWord(STACK - 8)).isEqualTo(0x5002);
    memory.writeWord(DATA + 8, 0x7000);
    set("bx", DATA);
    execute("ff 63 08");
    assertThat(regs.instructionPointer()).isEqualTo(0x7000);
    execute("ff 53 08");
    assertThat(memory.readWord(STACK - 16)).isEqualTo(0x7003);
    set("sp", STACK);
    memory.writeWord(STACK, 0x4000);
    execute("ff 14 24"); // call *(%rsp) reads before it pushes
    assertThat(regs.instructionPointer()).isEqualTo(0x4000);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 4, 0x40, 0x80, 0x800, 0x880, 0x41, 0x8d5})
  void conditionsFollowTheFlags(long value) {
    boolean cf = (value & 1) != 0;
    boolean pf = (value & 4) != 0;
    boolean zf = (value & 0x40) != 0;
    boolean sf = (value & 0x80) != 0;
    boolean of = (value & 0x800) != 0;
    boolean[] holds = {of, cf, zf, cf || zf, sf, pf, sf != of, zf || sf != of};
    for (int condition = 0; condition < 16; condition++) {
      set("flags", value);
      boolean expected = holds[condition / 2] == (condition % 2 == 0);
      regs.setInstructionPointer(CODE);
      execute("%x 10".formatted(0x70 + condition));
      assertThat(regs.instructionPointer() - CODE).isEqualTo(expected ? 18 : 2);
      regs.setInstructionPointer(CODE);
      execute("0f %x 00 01 00 00".formatted(0x80 + condition));
      assertThat(regs.instructionPointer() - CODE).isEqualTo(expected ? 262 : 6);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "e2, 2, 0, true",
    "e2, 1, 0, false",
    "e1, 2, 0x40, true",
    "e1, 2, 0, false",
    "e1, 1, 0x40, false",
    "e0, 2, 0, true",
    "e0, 2, 0x40, false",
    "e2, 0, 0, true"
  })
  void aLoopCountsDownWithoutTouchingFlags(String opcode, long count, String flags, boolean taken) {
    set("cx", count);
    set("flags", Long.decode(flags));
    execute(opcode + " 10");
    assertThat(regs.register("cx")).isEqualTo(count - 1);
    assertThat(regs.register("flags")).isEqualTo(Long.decode(flags));
    assertThat(regs.instructionPointer() - CODE).isEqualTo(taken ? 18 : 2);
  }

  @Test
  void anEmptyCounterIsJumpedOver() {
    set("cx", 1L << 32);
    execute("e3 10");
    assertThat(regs.instructionPointer() - CODE).isEqualTo(2);
    execute("67 e3 10"); // ecx only
    assertThat(regs.instructionPointer() - CODE).isEqualTo(2 + 3 + 16);
  }

  @Test
  void interruptsAreSwitchedByTheirFlag() {
    set("flags", 0x46);
    execute("fb");
    assertThat(regs.register("flags")).isEqualTo(0x246);
    execute("9c");
    execute("fa");
    assertThat(regs.register("flags")).isEqualTo(0x46);
    execute("9d");
    assertThat(regs.register("flags")).isEqualTo(0x246);
    assertThat(regs.stackPointer()).isEqualTo(STACK);
  }

  @Test
  void poppedFlagsLeaveReservedBitsAlone() {
    set("flags", 2);
    memory.writeWord(STACK, -1);
    execute("9d");
    assertThat(regs.register("flags")).isEqualTo(0x24_7fd7L);
  }

  @Test
  void pushedFlagsHideResumeAndVirtualMode() {
    set("flags", 0x3_0202L);
    execute("9c");
    assertThat(memory.readWord(STACK - 8)).isEqualTo(0x202);
  }

  @Test
  void memoryIsFoundRelativeToTheNextInstruction() {
    FlatMemory near = new FlatMemory().map(CODE + 0x100, new byte[16]);
    near.writeWord(CODE + 0x107, 77);
    Instruction load = SET.decode(bytes("48 8b 05 00 01 00 00"), 0).orElseThrow();
    SET.execute(load, regs, near);
    assertThat(regs.register("ax")).isEqualTo(77);
    byte[] moved = SET.relocate(bytes("48 8b 05 00 01 00 00"), CODE, CODE + 0x5000).orElseThrow();
    regs.setReturnValue(0);
    regs.setInstructionPointer(CODE + 0x5000);
    SET.execute(SET.decode(moved, 0).orElseThrow(), regs, near);
    assertThat(regs.register("ax")).isEqualTo(77);
  }

  @Test
  void aRepeatedMoveThatFaultsCanBeContinued() {
    set("cx", 10);
    set("si", STACK);
    set("di", DATA + 64 - 24);
    memory.writeWord(STACK + 16, 99);
    assertThatThrownBy(() -> execute("f3 48 a5")).isInstanceOf(PageFaultException.class);
    assertThat(regs.register("cx")).isEqualTo(7);
    assertThat(regs.register("si")).isEqualTo(STACK + 24);
    assertThat(regs.register("di")).isEqualTo(DATA + 64);
    assertThat(regs.instructionPointer()).isEqualTo(CODE);
    assertThat(memory.readWord(DATA + 64 - 8)).isEqualTo(99);
  }

  @Test
  void lookingAtAnAddressIgnoresItsSegment() {
    set("di", 5);
    execute("65 48 8d 47 03");
    assertThat(regs.register("ax")).isEqualTo(8);
  }

  private void set(String name, long value) {
    regs.words[regs.names().indexOf(name)] = value;
  }

  private void execute(String hex) {
    SET.execute(SET.decode(bytes(hex), 0).orElseThrow(), regs, memory);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
