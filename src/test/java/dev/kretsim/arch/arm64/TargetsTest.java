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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions that recordings probed, executed from their words, return what was recorded. */
class TargetsTest {
  private static final long[] ARGUMENTS = {0, 1, 2, 5, 10, 11, 12, -1};
  private static final long STACK = 0xffff_8000_0a00_0000L;
  private static final long TASK = 0xffff_0000_0100_0000L;
  private static final long CALLER = 0xffff_8000_0200_0000L;
  private static final InstructionSet SET = Arch.ARM64.instructions();

  /** One kernel's functions, and a processor to call them on. */
  private static final class Bench {
    final Image image;
    final MappedMemory memory = new MappedMemory();
    final Regs regs = new Regs();
    long slot;
    long probed;

    Bench(String kernel) {
      image = Image.of(kernel);
      image.load(memory);
      memory.map(STACK, 0x4000, true).map(TASK, 0x1000, true);
      regs.setStackPointer(STACK + 0x4000);
      regs.setCurrentTask(TASK);
    }

    /** Has the word at an address stepped in a slot, whose surroundings are zero. */
    void stepOutOfLine(long address) {
      slot = 0xffff_8000_0300_0000L;
      memory.map(slot, 0x1000, false);
      ByteBuffer copy = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
      copy.putInt((int) memory.read(address, 4));
      memory.put(slot, SET.relocate(copy.array(), address, slot).orElseThrow());
      probed = address;
    }

    long call(String function, long... arguments) {
      for (int n = 0; n < arguments.length; n++) {
        regs.setArgument(n, arguments[n]);
      }
      regs.setInstructionPointer(image.address(function));
      regs.setReturnAddress(memory, CALLER);
      long stackPointer = regs.stackPointer();
      for (int steps = 0; regs.instructionPointer() != CALLER; steps++) {
        assertThat(steps).isLessThan(10_000);
        step();
      }
      assertThat(regs.stackPointer()).isEqualTo(stackPointer);
      return regs.returnValue();
    }

    void step() {
      long pc = regs.instructionPointer();
      boolean outOfLine = probed != 0 && pc == probed;
      if (outOfLine) {
        regs.setInstructionPointer(slot);
      }
      int word = (int) memory.read(regs.instructionPointer(), 4);
      SET.execute(new Word(word), regs, memory);
      if (outOfLine) {
        regs.setInstructionPointer(pc + 4);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.1", "6.12"})
  void theHandWrittenFunctionsReturnWhatWasRecorded(String kernel) {
    Bench bench = new Bench(kernel);
    long[] branches = {
      5072009, 5072008, 5072012, 5072016, 5072028, 5072024, 5072028, 5072004,
    };
    for (int i = 0; i < ARGUMENTS.length; i++) {
      long v = ARGUMENTS[i];
      assertThat(bench.call("kro_a_sim", v)).as("kro_a_sim(%d)", v).isEqualTo(branches[i]);
      assertThat(bench.call("kro_a_excl", v)).as("kro_a_excl(%d)", v).isEqualTo(v + 7);
    }
    assertThat(bench.call("kro_a_tail", 5)).isEqualTo(13);
    assertThat(bench.call("kro_a_rej", 7)).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.1", "6.12"})
  void theCompiledFunctionsReturnWhatWasRecorded(String kernel) {
    Bench bench = new Bench(kernel);
    for (long v : ARGUMENTS) {
      assertThat(bench.call("kro_t_quick", v)).isEqualTo(2 * v + 1);
      assertThat(bench.call("kro_n_quick", v)).isEqualTo(2 * v + 1);
      assertThat(bench.call("kro_t_quick2", v)).isEqualTo(3 * v + 1);
      assertThat(bench.call("kro_n_quick2", v)).isEqualTo(5 * v + 1);
    }
    assertThat(bench.call("kro_t_trunc", 1311768464867721221L)).isEqualTo(1311768464867721221L);
    assertThat(bench.call("kro_t_truncb", 511)).isEqualTo(511);
    assertThat(bench.call("kro_t_rec", 0, 100)).isEqualTo(100);
    assertThat(bench.call("kro_just_ret", 9)).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.1", "6.12"})
  void aVectorLiteralSteppedOutOfLineIsReadFromBesideTheSlot(String kernel) {
    Bench bench = new Bench(kernel);
    assertThat(bench.call("kro_a_simd", 1)).isEqualTo(123457);
    bench.stepOutOfLine(bench.image.address("kro_a_simd") + 4);
    assertThat(bench.call("kro_a_simd", 1)).isEqualTo(123457);
    bench.stepOutOfLine(bench.image.address("kro_a_simd"));
    assertThat(bench.call("kro_a_simd", 1)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.1", "6.12"})
  void anUndefinedInstructionStopsAtItsOwnAddress(String kernel) {
    Bench bench = new Bench(kernel);
    assertThatThrownBy(() -> bench.call("kro_a_udf", 5))
        .isInstanceOf(UnsupportedInstructionException.class)
        .hasMessageContaining("0x00000000 at 0x%x", bench.image.address("kro_a_udf") + 4);
    assertThat(bench.regs.instructionPointer()).isEqualTo(bench.image.address("kro_a_udf") + 4);
    assertThat(bench.regs.returnValue()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.1", "6.12"})
  void aUserPointerIsReadFaultsOrIsRefusedByItsBound(String kernel) {
    Bench bench = new Bench(kernel);
    bench.memory.map(0x1000, 0x1000, true);
    bench.memory.write(0x1008, 4, -7);
    assertThat(bench.call("kro_t_getuser", 0x1008)).isEqualTo(-7);
    assertThat(bench.call("kro_t_getuser", -1)).isEqualTo(-14);
    assertThatThrownBy(() -> bench.call("kro_t_getuser", 5))
        .isInstanceOfSatisfying(
            PageFaultException.class, fault -> assertThat(fault.address()).isEqualTo(5));
    long stopped = bench.regs.instructionPointer() - bench.image.address("kro_t_getuser");
    assertThat(stopped).isEqualTo(kernel.equals("6.1") ? 0x3c : 0x38);
  }
}
