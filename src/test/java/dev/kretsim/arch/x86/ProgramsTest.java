package dev.kretsim.arch.x86;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.FlatMemory;
import dev.kretsim.arch.Instruction;
import dev.kretsim.arch.InstructionSet;
import dev.kretsim.arch.PtRegs;
import dev.kretsim.arch.UnsupportedInstructionException;
import dev.kretsim.arch.choice.Arch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whole functions, compiled in several ways, return what they returned on a real processor. */
class ProgramsTest {
  private static final long TEXT = 0x40_1000L;
  private static final long MEMORY = 0x10_0000L;
  private static final long STACK = 0x20_0000L;
  private static final long RETURN = 0xdead_0000L;
  private static final int LIMIT = 2_000_000;

  private record Call(String function, long a, long b, long result, long sum) {}

  private static final Map<String, byte[]> CODE = new HashMap<>();
  private static final Map<String, Map<String, Long>> SYMBOLS = new HashMap<>();
  private static final List<Call> CALLS = new ArrayList<>();

  @BeforeAll
  static void readRecording() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(ProgramsTest.class.getResourceAsStream("/x86/programs.txt.gz")),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] field = line.split(" ");
        switch (field[0]) {
          case "code" -> CODE.put(field[1], HexFormat.of().parseHex(field[2]));
          case "symbol" ->
              SYMBOLS
                  .computeIfAbsent(field[1], variant -> new HashMap<>())
                  .put(field[2], hex(field[3]));
          default ->
              CALLS.add(
                  new Call(field[1], hex(field[2]), hex(field[3]), hex(field[4]), hex(field[5])));
        }
      }
    }
  }

  @Test
  void everyFunctionReturnsWhatItReturnedOnTheProcessor() {
    assertThat(CODE).hasSize(4);
    assertThat(CALLS).hasSize(144);
    long executed = 0;
    for (String variant : CODE.keySet()) {
      for (Call call : CALLS) {
        byte[] memory = new byte[4096];
        PtRegs regs = regs(variant, call);
        executed += run(variant, regs, memory);
        assertThat(regs.returnValue()).as("%s %s", variant, call).isEqualTo(call.result());
        assertThat(sum(call, memory)).as("%s %s", variant, call).isEqualTo(call.sum());
        assertThat(regs.stackPointer()).as("%s %s", variant, call).isEqualTo(STACK + 0x8000);
        assertThat(regs.register("bx")).as("%s %s", variant, call).isEqualTo(0xb1);
        assertThat(regs.register("r15")).as("%s %s", variant, call).isEqualTo(0xb15);
      }
    }
    assertThat(executed).isGreaterThan(1_000_000);
  }

  @Test
  void whatIsNotInterpretedIsNamedAndChangesNothing() {
    for (String hex :
        List.of(
            "0f 05",
            "cc",
            "0f 0b",
            "65 48 8b 04 25 28 00 00 00",
            "0f a2",
            "c5 f8 77",
            "f0 90",
            "f0 01 c8",
            "0f 38 f0 00",
            "f4",
            "e4 80",
            "cf",
            "ff 18",
            "64 48 a5",
            "66 c3",
            "66 e8 00 00 00 00",
            "0f 10 00",
            "a6",
            "d9 00")) {
      byte[] code = HexFormat.of().parseHex(hex.replace(" ", ""));
      InstructionSet set = Arch.X86_64.instructions();
      PtRegs regs = Arch.X86_64.newRegs();
      regs.setInstructionPointer(TEXT);
      long[] before = regs.save();
      assertThatThrownBy(
              () -> set.execute(set.decode(code, 0).orElseThrow(), regs, new FlatMemory()))
          .isInstanceOf(UnsupportedInstructionException.class)
          .hasMessage("instruction is not interpreted: " + hex);
      assertThat(regs.save()).as(hex).isEqualTo(before);
    }
  }

  private static PtRegs regs(String variant, Call call) {
    PtRegs regs = Arch.X86_64.newRegs();
    regs.setInstructionPointer(
        requireNonNull(requireNonNull(SYMBOLS.get(variant)).get(call.function())));
    regs.setStackPointer(STACK + 0x8000 - Long.BYTES);
    regs.setArgument(0, call.a());
    regs.setArgument(1, call.b());
    regs.setArgument(2, MEMORY);
    regs.words[Regs.BX] = 0xb1;
    regs.words[Regs.R15] = 0xb15;
    return regs;
  }

  private static int run(String variant, PtRegs regs, byte[] memory) {
    byte[] code = requireNonNull(CODE.get(variant));
    FlatMemory space =
        new FlatMemory().map(MEMORY, memory).map(STACK, new byte[0x10000]).mapReadOnly(TEXT, code);
    InstructionSet set = Arch.X86_64.instructions();
    regs.setReturnAddress(space, RETURN);
    Instruction[] decoded = new Instruction[code.length];
    for (int executed = 0; executed < LIMIT; executed++) {
      long ip = regs.instructionPointer();
      if (ip == RETURN) {
        return executed;
      }
      int at = Math.toIntExact(ip - TEXT);
      if (decoded[at] == null) {
        decoded[at] = set.decode(code, at).orElseThrow();
      }
      set.execute(decoded[at], regs, space);
    }
    throw new AssertionError("it does not return");
  }

  /** As the recording sums memory: not at all where addresses are in it. */
  private static long sum(Call call, byte[] memory) {
    long sum = 0;
    if (!call.function().equals("walk")) {
      for (byte each : memory) {
        sum = sum * 31 + (each & 0xff);
      }
    }
    return sum;
  }

  private static long hex(String digits) {
    return Long.parseUnsignedLong(digits, 16);
  }
}
