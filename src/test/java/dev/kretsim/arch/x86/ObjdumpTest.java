package dev.kretsim.arch.x86;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kretsim.arch.Instruction;
import dev.kretsim.arch.choice.Arch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole files are measured as objdump measures them. {@code -Dkretsim.images=vmlinux:a.ko} names
 * more of them, for the soak.
 */
class ObjdumpTest {
  private static final Path OBJDUMP = Path.of("/usr/bin/objdump");
  private static final Path LIBC = Path.of("/usr/lib/x86_64-linux-gnu/libc.so.6");

  /** Encodings that objdump 2.40 does not know: LKGS (F2 0F 00 /6), of Intel's FRED. */
  private static final Pattern UNKNOWN_TO_OBJDUMP = Pattern.compile("f2 (4. )?0f 00.*");

  /** Where a symbol cuts an instruction off, objdump prints what is left of it byte by byte. */
  private static final Pattern CUT =
      Pattern.compile("\\.byte.*|.*\\(bad\\).*|((rex\\S*|data16|addr32|lock|repn?z|[c-gs]s) ?)+");

  /** {@code wait} and what follows: an instruction each, which assemblers have one name for. */
  private static final Pattern WAITING = Pattern.compile("9b ..+");

  static final class Findings {
    long same;
    final List<String> different = new ArrayList<>();

    /** A line such as {@code 1f:<tab>48 89 f8 <tab>mov ...}; others say nothing of bytes. */
    void read(String line) {
      String[] column = line.split("\t", 3);
      if (column.length < 3) {
        return;
      }
      String bytes = column[1].strip();
      boolean passed =
          UNKNOWN_TO_OBJDUMP.matcher(bytes).matches()
              || CUT.matcher(column[2].strip()).matches()
              || WAITING.matcher(bytes).matches();
      byte[] code = HexFormat.of().parseHex(bytes.replace(" ", ""));
      int ours = decode(Arrays.copyOf(code, code.length + Decoder.MAX_LENGTH));
      if (ours == code.length) {
        same++;
      } else if (!passed) {
        different.add(line.strip() + " has " + ours + " bytes for us");
      }
    }
  }

  private static int decode(byte[] code) {
    return Arch.X86_64.instructions().decode(code, 0).map(Instruction::length).orElse(0);
  }

  private static Findings compare(Path file) throws IOException, InterruptedException {
    Process objdump =
        new ProcessBuilder(OBJDUMP.toString(), "-d", "-z", "-w", "-M", "intel64", file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Findings findings = new Findings();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(objdump.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(findings::read);
    }
    assertThat(objdump.waitFor()).isZero();
    return findings;
  }

  @Test
  void everyInstructionOfTheCLibraryIsAsLong() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(OBJDUMP) && Files.isReadable(LIBC), "no objdump or no libc here");
    Findings findings = compare(LIBC);
    assertThat(findings.different).isEmpty();
    assertThat(findings.same).isGreaterThan(250_000);
  }

  static Stream<Path> images() {
    String given = System.getProperty("kretsim.images", LIBC.toString());
    return Arrays.stream(given.split(":")).map(Path::of);
  }

  @Tag("soak")
  @ParameterizedTest(name = "{0}")
  @MethodSource("images")
  void everyInstructionOfAnImageIsAsLong(Path image) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(OBJDUMP) && Files.isReadable(image), "no objdump or no image");
    Findings findings = compare(image);
    assertThat(findings.different).isEmpty();
    assertThat(findings.same).isPositive();
  }

  @Test
  void aDifferenceIsFound() {
    Findings findings = new Findings();
    findings.read("  10:\t48 89 f8 \tmov    %rdi,%rax");
    findings.read("  13:\t48 89 f8 90 \tmov    %rdi,%rax");
    assertThat(findings.same).isEqualTo(1);
    assertThat(findings.different)
        .containsExactly("13:\t48 89 f8 90 \tmov    %rdi,%rax has 3 bytes for us");
  }

  /** What objdump calls bad, and the manual of those who make it does not. */
  @ParameterizedTest
  @CsvSource({"f2 0f 00 f0, 4", "f2 0f 00 f7, 4", "f2 41 0f 00 f0, 5", "d6, 1"})
  void whatObjdumpDoesNotKnowFollowsTheManual(String hex, int length) {
    byte[] code = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThat(decode(Arrays.copyOf(code, code.length + Decoder.MAX_LENGTH))).isEqualTo(length);
  }

  /** REX2 and the maps that come with it: no kernel here has them. */
  @ParameterizedTest
  @ValueSource(strings = {"d5 00 50 00 00 00", "d5 80 05 c0 00 00", "62 f4 7c 08 01 c0 00 00"})
  void prefixesOfTheExtendedRegistersAreNoInstruction(String hex) {
    assertThat(decode(HexFormat.of().parseHex(hex.replace(" ", "")))).isZero();
  }

  /** VIA's PadLock: drivers of kernels have it. */
  @ParameterizedTest
  @ValueSource(strings = {"0f a7 c0", "f3 0f a7 c8", "f3 0f a6 c8", "f3 0f a7 e8"})
  void padlockIsMeasured(String hex) {
    byte[] code = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThat(decode(code)).isEqualTo(code.length);
    assertThat(Set.of(decode(Arrays.copyOf(code, code.length - 1)))).containsExactly(0);
  }
}
