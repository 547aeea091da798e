package dev.kretsim.arch.arm64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.arch.Instruction;
import dev.kretsim.arch.Instruction.Treatment;
import dev.kretsim.arch.InstructionSet;
import dev.kretsim.arch.choice.Arch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which instructions can be probed, and how, is what recorded kernels did. */
class ProbedWordsTest {
  private static final InstructionSet SET = Arch.ARM64.instructions();
  private static final int EINVAL = -22;

  record Probe(
      String kernel, String symbol, int offset, int word, int rc, boolean slot, boolean simulated) {
    @Override
    public String toString() {
      return "%s %s+0x%x %08x".formatted(kernel, symbol, offset, word);
    }
  }

  static List<Probe> recorded() throws IOException {
    List<Probe> probes = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                ProbedWordsTest.class.getResourceAsStream("/arm64/probed-words.txt"),
                StandardCharsets.UTF_8))) {
      for (String line : reader.lines().filter(line -> !line.startsWith("#")).toList()) {
        String[] field = line.split(" ");
        probes.add(
            new Probe(
                field[0],
                field[1],
                Integer.decode(field[2]),
                Integer.parseUnsignedInt(field[3], 16),
                Integer.parseInt(field[4]),
                field[5].equals("1"),
                field[6].equals("1")));
      }
    }
    return probes;
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void aWordIsTreatedAsTheKernelTreatedIt(Probe probe) {
    byte[] code = Image.of(probe.kernel).code(probe.symbol);
    Instruction instruction = SET.decode(code, probe.offset).orElseThrow();
    assertThat(instruction).isEqualTo(new Word(probe.word));
    Treatment treatment =
        SET.insideExclusive(code, probe.offset) ? Treatment.REJECTED : instruction.treatment();
    Treatment expected =
        probe.rc == EINVAL
            ? Treatment.REJECTED
            : probe.simulated ? Treatment.EMULATED : Treatment.STEPPED;
    assertThat(probe.rc == 0 && probe.slot).isEqualTo(expected == Treatment.STEPPED);
    assertThat(treatment).isEqualTo(expected);
    assertThat(instruction.boostable()).isFalse();
  }

  @Test
  void theRecordingsShowEveryTreatmentOnBothKernels() throws IOException {
    Set<String> seen = new HashSet<>();
    for (Probe probe : recorded()) {
      seen.add(probe.kernel + probe.rc + probe.slot + probe.simulated);
    }
    assertThat(recorded()).hasSize(234);
    assertThat(seen).hasSize(2 * 3);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "pacia1716, d503211f, STEPPED",
    "pacibsp, d503237f, STEPPED",
    "xpaclri, d50320ff, STEPPED",
    "bti jc, d50324df, STEPPED",
    "autia1716, d503219f, REJECTED",
    "csdb, d503229f, REJECTED",
    "eretaa, d69f0bff, REJECTED",
    "braa, d71f0841, REJECTED",
    "blraaz, d63f081f, REJECTED",
    "ldxp, c87f0440, REJECTED",
    "casa, c8e07c41, STEPPED",
    "ldadd, f8210040, STEPPED",
    "cpyfp, 19010440, REJECTED",
    "mrs cntvct_el0, d53be041, STEPPED",
    "ldr s0 literal, 1c000040, STEPPED",
    "ldrsw literal, 98000040, EMULATED",
    "adrp, b0000000, EMULATED",
    "tbnz x0 #63, b7f80040, EMULATED",
    "fmov, 9e660001, STEPPED",
  })
  void whereRecordingsAreSilentTheEncodingDecides(String name, String word, Treatment treatment) {
    assertThat(new Word(Integer.parseUnsignedInt(word, 16)).treatment()).isEqualTo(treatment);
  }

  /** paciaz and its kin, xpaclri, bti and nop; what waits, wakes or authenticates is refused. */
  private static final Set<Integer> STEPPED_HINTS =
      Set.of(0x00, 0x07, 0x08, 0x0a, 0x18, 0x19, 0x1a, 0x1b, 0x20, 0x22, 0x24, 0x26);

  @Test
  void everyOneOfThe128HintsIsSteppedOrRefused() {
    for (int hint = 0; hint < 128; hint++) {
      assertThat(new Word(0xd503_201f | hint << 5).treatment())
          .as("hint #%d", hint)
          .isEqualTo(STEPPED_HINTS.contains(hint) ? Treatment.STEPPED : Treatment.REJECTED);
    }
  }

  /** First word of each range of branches, exceptions and system instructions; the last of it. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "b, 14000000, 17ffffff, EMULATED",
    "bl, 94000000, 97ffffff, EMULATED",
    "cbz and cbnz of 32 bits, 34000000, 35ffffff, EMULATED",
    "cbz and cbnz of 64 bits, b4000000, b5ffffff, EMULATED",
    "tbz and tbnz of bits 0 to 31, 36000000, 37ffffff, EMULATED",
    "tbz and tbnz of bits 32 to 63, b6000000, b7ffffff, EMULATED",
    "svc hvc smc brk hlt dcps, d4000000, d4ffffff, REJECTED",
    "msr of a register, d5100000, d51fffff, REJECTED",
    "sys: at dc ic tlbi, d5080000, d50fffff, STEPPED",
    "sysl, d5280000, d52fffff, STEPPED",
    "adr, 10000000, 10ffffff, EMULATED",
    "adrp, 90000000, 90ffffff, EMULATED",
    "ldr of a literal of 32 bits, 18000000, 18ffffff, EMULATED",
    "ldr of a literal of 64 bits, 58000000, 58ffffff, EMULATED",
    "ldrsw of a literal, 98000000, 98ffffff, EMULATED",
    "prfm of a literal, d8000000, d8ffffff, REJECTED",
    "stxr and ldxr of a byte, 08000000, 087fffff, REJECTED",
    "stxr ldxr stxp ldxp of 32 bits, 88000000, 887fffff, REJECTED",
    "stxr ldxr stxp ldxp of 64 bits, c8000000, c87fffff, REJECTED",
    "irg and its kin, 9ac01000, 9adf13ff, STEPPED",
    "stg, d9200800, d93ffbff, STEPPED",
    "pacda and its kin, dac10800, dac10bff, STEPPED"
  })
  void aRangeOfEncodingsIsTreatedAlike(
      String name, String first, String last, Treatment treatment) {
    int from = Integer.parseUnsignedInt(first, 16);
    int to = Integer.parseUnsignedInt(last, 16);
    int step = Math.max(1, (to - from) / 999);
    for (int word = from; Integer.compareUnsigned(word, to) <= 0; word += step) {
      assertThat(new Word(word).treatment()).as("%s %08x", name, word).isEqualTo(treatment);
    }
    assertThat(new Word(to).treatment()).as("%s %08x", name, to).isEqualTo(treatment);
  }
}
