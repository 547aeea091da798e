package dev.kretsim.arch.arm64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.MappedMemory;
import dev.kretsim.arch.PageFaultException;
import dev.kretsim.arch.UnsupportedInstructionException;
import dev.kretsim.arch.choice.Arch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Every instruction that is interpreted does what an independent model of the processor does. */
class StepTest {
  private static final long DATA = 0x4000_0000L;
  private static final long DATA_BYTES = 0x4_0000;
  private static final long CODE = 0x5000_0000L;
  private static final long CODE_BYTES = 0x20_0000;
  private static final long PC = CODE + 0x10_0000;
  private static final long BASE = DATA + 0x2_0000;

  private static List<String> lines() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(StepTest.class.getResourceAsStream("/arm64/steps.txt.gz")),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  @Test
  void aStepChangesWhatTheProcessorChangesAndNothingElse() throws IOException {
    for (String line : lines()) {
      String[] field = line.split(" ");
      int word = Integer.parseUnsignedInt(field[0], 16);
      Map<String, Long> expected = new TreeMap<>();
      String failure = "";
      for (int i = 2; i < field.length; i++) {
        String[] change = field[i].split("=");
        if (change.length == 2) {
          expected.put(change[0], Long.parseUnsignedLong(change[1], 16));
        } else {
          failure = field[i];
        }
      }
      assertThat(step(word, Long.parseLong(field[1]), failure)).as(line).isEqualTo(expected);
    }
  }

  @Test
  void theFixtureHoldsSuccessesFaultsAndUndefinedWords() throws IOException {
    assertThat(lines()).hasSize(1027);
    assertThat(lines().stream().filter(line -> line.endsWith("fault"))).hasSizeGreaterThan(20);
    assertThat(lines().stream().filter(line -> line.endsWith("undefined"))).hasSizeGreaterThan(20);
  }

  /** What the step changed; it must fail if {@code failure} says so. */
  private static Map<String, Long> step(int word, long seed, String failure) {
    PatternedMemory memory = new PatternedMemory();
    memory.map(DATA, DATA_BYTES, true).map(CODE, CODE_BYTES, true);
    Regs regs = new Regs();
    fill(regs, seed);
    long[] before = regs.save();
    Runnable execution = () -> Arch.ARM64.instructions().execute(new Word(word), regs, memory);
    switch (failure) {
      case "fault" -> assertThatThrownBy(execution::run).isInstanceOf(PageFaultException.class);
      case "undefined" ->
          assertThatThrownBy(execution::run)
              .as("%08x", word)
              .isInstanceOf(UnsupportedInstructionException.class);
      default -> {
        execution.run();
        regs.setInstructionPointer(regs.instructionPointer() - 4); // only other targets are listed
      }
    }
    return changes(regs, before, seed, memory);
  }

  private static void fill(Regs regs, long seed) {
    for (int n = 0; n <= 30; n++) {
      regs.words[n] = value(seed, n);
    }
    regs.words[26] = 0x28; // offsets, of which one has a sign in its low half only
    regs.words[27] = 0xabcd_ef01_ffff_ffe8L;
    regs.words[28] = BASE;
    regs.words[29] = BASE + 0x100;
    regs.setStackPointer(BASE + 0x200);
    regs.setInstructionPointer(PC);
    regs.words[33] = (mix(seed) & 15) << 28;
    for (int n = 0; n < 4; n++) {
      regs.setVector(n, mix(seed * 64 + 32 + n));
    }
  }

  /** A number of those on which arithmetic turns, or any. */
  private static long value(long seed, int n) {
    long h = mix(seed * 64 + n);
    return switch ((int) (h >>> 8) & 15) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> 1;
      case 3 -> h >>> 32;
      case 4 -> Long.MIN_VALUE;
      case 5 -> Integer.MAX_VALUE;
      case 8 -> h & 0xff;
      case 9 -> h | 0xffff_ffff_0000_0000L;
      case 11 -> 0x8000_0000L;
      case 12 -> h & 63;
      case 13 -> -(h & 0xff);
      default -> h;
    };
  }

  private static Map<String, Long> changes(
      Regs regs, long[] before, long seed, PatternedMemory memory) {
    Map<String, Long> changes = new TreeMap<>();
    for (int i = 0; i < 33; i++) {
      if (regs.words[i] != before[i]) {
        long pc = i == 32 ? 4 : 0;
        changes.put(regs.names().get(i), regs.words[i] + pc);
      }
    }
    if (regs.words[33] != before[33]) {
      changes.put("nzcv", regs.words[33] >>> 28);
    }
    for (int n = 0; n < 4; n++) {
      if (regs.vector(n) != mix(seed * 64 + 32 + n)) {
        changes.put("d" + n, regs.vector(n));
      }
    }
    Map<Long, Long> words = new HashMap<>();
    for (long address : memory.contents().keySet()) {
      words.put(address & -8, memory.readWord(address & -8));
    }
    words.forEach(
        (address, value) -> {
          if (value != mix(address >>> 3)) {
            changes.put("[%x]".formatted(address), value);
          }
        });
    return changes;
  }

  /** SplitMix64. */
  private static long mix(long seed) {
    long z = seed + 0x9E37_79B9_7F4A_7C15L;
    z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
    return z ^ z >>> 31;
  }

  private static final class PatternedMemory extends MappedMemory {
    @Override
    protected byte initial(long address) {
      return (byte) (mix(address >>> 3) >>> (8 * (address & 7)));
    }
  }
}
