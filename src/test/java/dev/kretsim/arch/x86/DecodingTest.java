package dev.kretsim.arch.x86;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.arch.FlatMemory;
import dev.kretsim.arch.Instruction;
import dev.kretsim.arch.PageFaultException;
import dev.kretsim.arch.UnsupportedInstructionException;
import dev.kretsim.arch.choice.Arch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Instructions are measured as objdump measures them, in all that gcc compiled for the fixture. */
class DecodingTest {
  /** A function, and how many bytes each of its instructions has. */
  private record Function(String name, byte[] code, int[] lengths) {}

  private static List<Function> functions = List.of();

  @BeforeAll
  static void readFixture() throws IOException {
    List<Function> read = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    DecodingTest.class.getResourceAsStream("/x86/boundaries.txt.gz")),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] field = line.split(" ");
        int[] lengths = field[3].chars().map(digit -> Character.digit(digit, 16)).toArray();
        byte[] code = HexFormat.of().parseHex(field[2]);
        read.add(new Function(field[0] + " " + field[1], code, lengths));
      }
    }
    functions = read;
  }

  @Test
  void everyInstructionIsAsLongAsObjdumpSays() {
    List<String> disagreements = new ArrayList<>();
    int instructions = 0;
    Set<String> distinct = new HashSet<>();
    for (Function function : functions) {
      disagreements.addAll(disagreements(function));
      int at = 0;
      for (int length : function.lengths()) {
        distinct.add(HexFormat.of().formatHex(function.code(), at, at + length));
        at += length;
      }
      instructions += function.lengths().length;
    }
    assertThat(disagreements).isEmpty();
    assertThat(instructions).isGreaterThan(30_000);
    assertThat(distinct.size()).isGreaterThan(8_000);
  }

  @Test
  void whatCompilersEmitForKernelsIsInterpreted() {
    int interpreted = 0;
    for (Function function : functions) {
      if (!function.name().startsWith("kernel-") || function.name().contains("/privileged ")) {
        continue;
      }
      int at = 0;
      for (int length : function.lengths()) {
        Instruction instruction = decode(function.code(), at).orElseThrow();
        assertThat(isInterpreted(instruction)).as("%s: %s", function.name(), instruction).isTrue();
        interpreted++;
        at += length;
      }
    }
    assertThat(interpreted).isGreaterThan(7_000);
  }

  @Test
  void anInstructionThatEndsEarlyIsNone() {
    for (Function function : functions) {
      int at = 0;
      for (int length : function.lengths()) {
        for (int cut = at; cut < at + length; cut++) {
          byte[] code = Arrays.copyOf(function.code(), cut);
          int missing = at + length - cut;
          assertThat(decode(code, at).map(Instruction::length).orElse(0))
              .as("%s at %d without its last %d bytes", function.name(), at, missing)
              .isLessThan(length);
        }
        at += length;
      }
    }
  }

  @Test
  void aChangedByteIsNoticed() {
    int noticed = 0;
    int tried = 0;
    for (Function function : functions) {
      byte[] code = function.code().clone();
      code[0] ^= 0x48;
      tried++;
      noticed +=
          disagreements(new Function(function.name(), code, function.lengths())).size() > 0 ? 1 : 0;
    }
    assertThat(noticed).isGreaterThan(tried / 4);
  }

  @ParameterizedTest
  @CsvSource({
    "06",
    "0e",
    "60",
    "82 00 00",
    "9a 00 00 00 00 00 00",
    "ce",
    "d4 0a",
    "ea",
    "0f 04",
    "0f 0a",
    "0f 24 c0",
    "8f c8",
    "fe d0",
    "ff f8",
    "66 c5 f8 77",
    "f0 c5 f8 77",
    "48 c5 f8 77",
    "c4 00",
    "66 66 66 66 66 66 66 66 66 66 66 66 66 66 66 90",
    "''",
    "66",
    "48"
  })
  void bytesThatAreNoInstructionAreNotDecoded(String hex) {
    assertThat(decode(bytes(hex), 0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "48 66 05 01 02 03 04 05, 5", // REX counts only in front of the opcode
    "66 48 05 01 02 03 04 05, 7",
    "67 a0 01 02 03 04 05 06 07 08, 6",
    "48 b8 01 02 03 04 05 06 07 08, 10",
    "66 e8 01 02 03 04, 6",
    "f6 d8 01, 2",
    "f6 c0 01, 3",
    "0f 22 18 00 00, 3", // mod is ignored: there is no memory operand
    "0f 0b 78 65 6e 0f a2, 7",
    "0f 0b 6b 76 6d 0f a2, 7"
  })
  void lengthsFollowTheManual(String hex, int length) {
    assertThat(decode(bytes(hex), 0).map(Instruction::length)).contains(length);
  }

  @Test
  void decodingStartsWhereItIsTold() {
    byte[] code = bytes("cc cc 0f 1f 44 00 00 c3");
    assertThat(decode(code, 2).map(Instruction::length)).contains(5);
    assertThat(decode(code, 7).map(Instruction::length)).contains(1);
    assertThat(decode(code, 8)).isEmpty();
  }

  /** Without memory: a fault or a division by zero shows that it was tried. */
  private static boolean isInterpreted(Instruction instruction) {
    try {
      Arch.X86_64.instructions().execute(instruction, Arch.X86_64.newRegs(), new FlatMemory());
    } catch (PageFaultException fault) {
      return true;
    } catch (UnsupportedInstructionException refused) {
      return String.valueOf(refused.getMessage()).startsWith("divide error: ");
    }
    return true;
  }

  private static List<String> disagreements(Function function) {
    List<String> found = new ArrayList<>();
    int at = 0;
    for (int length : function.lengths()) {
      int measured = decode(function.code(), at).map(Instruction::length).orElse(0);
      if (measured != length) {
        String hex = HexFormat.ofDelimiter(" ").formatHex(function.code(), at, at + length);
        found.add("%s at %d: %s is not %d bytes".formatted(function.name(), at, hex, measured));
      }
      at += length;
    }
    return found;
  }

  private static Optional<Instruction> decode(byte[] code, int at) {
    return Arch.X86_64.instructions().decode(code, at);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
