package dev.kretsim.arch.x86;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.FlatMemory;
import dev.kretsim.arch.InstructionSet;
import dev.kretsim.arch.MachineCode;
import dev.kretsim.arch.MachineCode.Variant;
import dev.kretsim.arch.PageFaultException;
import dev.kretsim.arch.PtRegs;
import dev.kretsim.arch.choice.Arch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example function, as gcc compiled it. */
class QueueRaShowTest {
  private static final InstructionSet SET = Arch.X86_64.instructions();
  private static final long TEXT = 0xffff_ffff_8120_0000L;
  private static final long STACK = 0xffff_c900_0010_0000L;
  private static final long QUEUE = 0xffff_8881_0000_0000L;
  private static final long INFO = 0xffff_8881_0000_1000L;
  private static final long PAGE = 0xffff_8881_0000_2000L;
  private static final long CALLER = 0xffff_ffff_8100_0123L;

  @ParameterizedTest
  @EnumSource
  void itWritesTheReadAheadInKib(Variant variant) {
    MachineCode code = MachineCode.queueRaShow(variant);
    for (long pages : new long[] {32, 0, 1, 2500, Long.MAX_VALUE, -1}) {
      byte[] page = new byte[64];
      PtRegs regs = call(code, memory(code, pages, page));
      String expected = Long.toUnsignedString(pages << 2) + "\n";
      int length = (int) regs.returnValue();
      assertThat(new String(page, 0, length, StandardCharsets.US_ASCII)).isEqualTo(expected);
      assertThat(page[length]).isZero();
      assertThat(regs.stackPointer()).isEqualTo(STACK);
    }
  }

  @ParameterizedTest
  @EnumSource
  void itsInstructionsStartWhereObjdumpSaysTheyDo(Variant variant) {
    for (MachineCode.Function function : MachineCode.queueRaShow(variant).functions()) {
      List<Integer> lengths = new ArrayList<>();
      for (int at = 0; at < function.code().length; at += lengths.get(lengths.size() - 1)) {
        lengths.add(SET.decode(function.code(), at).orElseThrow().length());
      }
      assertThat(lengths).as(function.name()).isEqualTo(function.lengths());
    }
  }

  @Test
  void variantsStartAsKernelsOfTheirConfigurationDo() {
    byte[] nop = {0x0f, 0x1f, 0x44, 0, 0};
    byte[] endbr = {(byte) 0xf3, 0x0f, 0x1e, (byte) 0xfa};
    assertThat(entry(Variant.FTRACE)).startsWith(nop);
    assertThat(entry(Variant.IBT)).startsWith(endbr);
    assertThat(entry(Variant.IBT_FTRACE)).startsWith(endbr).containsSequence(nop);
    assertThat(entry(Variant.IBT_FTRACE)).hasSizeGreaterThan(9);
    assertThat(entry(Variant.PLAIN)).startsWith(0x48, 0x8b, 0x47); // the queue's field, by di
  }

  @Test
  void aBadQueueFaultsWhereItIsFollowed() {
    MachineCode code = MachineCode.queueRaShow(Variant.PLAIN);
    FlatMemory memory = memory(code, 32, new byte[64]);
    memory.writeWord(QUEUE + code.field("request_queue.backing_dev_info"), 0x10);
    assertThatThrownBy(() -> call(code, memory))
        .isInstanceOf(PageFaultException.class)
        .hasMessage("page fault: address=0x%x read".formatted(0x10 + 0x18));
  }

  @Test
  void whatIsNotThereIsRefusedByName() {
    MachineCode code = MachineCode.queueRaShow(Variant.PLAIN);
    assertThatThrownBy(() -> code.function("main")).hasMessage("no such function: main");
    assertThatThrownBy(() -> code.field("bio.bi_next")).hasMessage("no such field: bio.bi_next");
  }

  private static byte[] entry(Variant variant) {
    return MachineCode.queueRaShow(variant).function("queue_ra_show").code();
  }

  private static FlatMemory memory(MachineCode code, long pages, byte[] page) {
    FlatMemory memory =
        new FlatMemory()
            .mapReadOnly(TEXT, code.text())
            .map(STACK - 4096, new byte[4096 + 16])
            .map(QUEUE, new byte[128])
            .map(INFO, new byte[128])
            .map(PAGE, page);
    memory.writeWord(QUEUE + code.field("request_queue.backing_dev_info"), INFO);
    memory.writeWord(INFO + code.field("backing_dev_info.ra_pages"), pages);
    return memory;
  }

  private static PtRegs call(MachineCode code, FlatMemory memory) {
    PtRegs regs = Arch.X86_64.newRegs();
    regs.setArgument(0, QUEUE);
    regs.setArgument(1, PAGE);
    regs.setStackPointer(STACK - Long.BYTES);
    regs.setReturnAddress(memory, CALLER);
    regs.setInstructionPointer(TEXT + code.function("queue_ra_show").offset());
    byte[] text = code.text();
    while (regs.instructionPointer() != CALLER) {
      int at = Math.toIntExact(regs.instructionPointer() - TEXT);
      SET.execute(SET.decode(text, at).orElseThrow(), regs, memory);
    }
    return regs;
  }
}
