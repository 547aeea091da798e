package dev.kretsim.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kretsim.cli.ConsoleRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code kretsim events check} on images and bytes. The images were assembled from the sources
 * beside them, which say how.
 */
class ImagePointsTest {
  private static final String SYMBOLS =
      """
      %1$08x00000000 T _stext
      %1$08x00000000 t __pfx_plain
      %1$08x00000010 t plain
      %1$08x00000030 t faulty
      %1$08x00000040 t patched
      %1$08x00000060 t secret
      %1$08x00000070 t secret.cold
      %1$08x00000080 t __noinstr_text_start
      %1$08x00000080 t quiet
      %1$08x00000090 T __noinstr_text_end
      %1$08x00000090 t __fentry__
      %1$08x000000a0 t __x86_return_thunk
      %1$08x000000b0 T _etext
      %1$08x00010000 t at_start
      """;

  @TempDir Path folder;

  private Path file(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private Path kernel() {
    return file("vmlinux", Images.fixture("tiny-vmlinux.elf"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "__pfx_plain, 16",
    "secret, 16",
    "secret.cold, 16",
    "__noinstr_text_start, 16",
    "at_start, 2"
  })
  void whatIsKeptFromProbesRefusesThemAtEveryByte(String name, int size) {
    JsonNode found =
        Images.function(
            Images.json(ConsoleRun.of("events", "check", "--image", kernel(), "--out", "json")),
            name);
    assertThat(found.path("points")).hasSize(size);
    assertThat(found.path("points")).allMatch(point -> point.path("rc").asInt() == -22);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "plain, 0=ftrace 4=ftrace 9=jump 12=jump 15=int3 17=int3",
    "faulty, 0=int3 3=int3 6=int3 9=int3 10=int3 12=int3",
    "patched, 0=int3 3=-22 4=-22 5=-22 6=-22 7=-22 8=-22 9=-22 10=-22 11=-22 12=-22 13=-22 15=-22"
        + " 16=-22 17=int3 18=int3 19=int3 20=int3"
  })
  void theImagesOwnTablesSayWhatIsThere(String name, String expected) {
    JsonNode json =
        Images.json(ConsoleRun.of("events", "check", "--image", kernel(), "--out", "json", name));
    assertThat(json.path("schema").asText()).isEqualTo("kretsim.points/1");
    assertThat(json.path("kernel").asText()).isEqualTo("6.12");
    assertThat(json.path("arch").asText()).isEqualTo("x86_64");
    assertThat(json.path("functions")).hasSize(1);
    assertThat(Images.answers(json.at("/functions/0"))).isEqualTo(expected);
  }

  @Test
  void aPointSaysHowItsInstructionIsExecuted() {
    JsonNode points =
        Images.json(ConsoleRun.of("events", "check", "--image", kernel(), "--out", "json", "plain"))
            .at("/functions/0/points");
    assertThat(points.get(9).toString())
        .isEqualTo(
            "{'offset':9,'rc':0,'flavour':'jump','optimizable':true,'length':3,'why':null,"
                    .replace('\'', '"')
                + "'instruction':'stepped, boostable','lands_at':9,'jump_over':6,"
                    .replace('\'', '"')
                + "'patched_at_boot':false}".replace('\'', '"'));
    assertThat(points.get(0).path("lands_at").asInt()).isEqualTo(4);
    assertThat(points.get(10).path("why").asText()).isEqualTo("in the middle of an instruction");
    assertThat(points.get(10).path("length").isNull()).isTrue();
    assertThat(points.get(10).path("flavour").isNull()).isTrue();
  }

  @Test
  void whatBootReplacesIsMarked() {
    JsonNode points =
        Images.json(
                ConsoleRun.of("events", "check", "--image", kernel(), "--out", "json", "patched"))
            .at("/functions/0/points");
    for (int offset = 0; offset < points.size(); offset++) {
      assertThat(points.get(offset).path("patched_at_boot").asBoolean())
          .as("offset %d", offset)
          .isEqualTo(offset >= 17 && offset < 25); // three nops, and a jump to the return thunk
    }
  }

  @Test
  void arm64HasItsOwnRules() {
    Path image = file("vmlinux", Images.fixture("tiny-arm64.elf"));
    JsonNode json =
        Images.json(ConsoleRun.of("events", "check", "--image", image, "--out", "json"));
    assertThat(json.path("arch").asText()).isEqualTo("arm64");
    assertThat(
            Images.answers(Images.function(json, "traced"))
                .replaceAll("\\b\\d*[13579]=-22 ?|\\b\\d*[26]=-22 ?", ""))
        .contains("0=int3", "4=int3", "8=-22", "12=int3", "20=int3");
    JsonNode faulty = Images.function(json, "faulty").path("points");
    assertThat(faulty.get(0).path("why").asText()).contains("exception table");
    assertThat(faulty.get(4).path("why").asText()).isEqualTo("cannot be probed");
    assertThat(faulty.get(8).path("why").asText()).contains("between an exclusive load");
    assertThat(faulty.get(16).path("rc").asInt()).isZero();
  }

  @Test
  void aModuleIsLaidOutAndItsReferencesAreFilledIn() {
    Path image = file("tiny.ko", Images.fixture("tiny-module.elf"));
    JsonNode json =
        Images.json(ConsoleRun.of("events", "check", "--image", image, "--out", "json"));
    assertThat(json.path("kernel").asText()).isEqualTo("6.1");
    assertThat(Images.answers(Images.function(json, "read_it")))
        .isEqualTo("0=ftrace 5=int3 8=int3 11=int3 16=int3 21=int3 24=int3");
    assertThat(Images.answers(Images.function(json, "helper"))).isEqualTo("0=jump 3=int3 6=int3");
    assertThat(Images.answers(Images.function(json, "after"))).isEqualTo("0=int3 3=-22");
    assertThat(Images.answers(Images.function(json, "quiet"))).isEqualTo("0=-22 1=-22");
    assertThat(Images.answers(Images.function(json, "at_start"))).isEqualTo("0=-2 1=-2");
  }

  @ParameterizedTest
  @EnumSource(Wrapping.class)
  void aWrappedKernelIsTheSameKernel(Wrapping wrapping) throws IOException {
    Path wrapped = file("vmlinuz", wrapping.wrap(Images.fixture("tiny-vmlinux.elf")));
    assertThat(ConsoleRun.of("events", "check", "--image", wrapped, "--out", "json").out())
        .isEqualTo(ConsoleRun.of("events", "check", "--image", kernel(), "--out", "json").out());
  }

  /** The fixture without its sections' table, which has the symbols. */
  private byte[] withoutSections() {
    byte[] image = Images.fixture("tiny-vmlinux.elf");
    Arrays.fill(image, 40, 48, (byte) 0);
    Arrays.fill(image, 60, 64, (byte) 0);
    return image;
  }

  @Nested
  class WithoutSymbols {
    @Test
    void theMessageSaysWhereTheyAre() {
      ConsoleRun run = ConsoleRun.of("events", "check", "--image", file("v", withoutSections()));
      assertThat(run.refused()).isTrue();
      assertThat(run.err()).contains("--symbols with the System.map of that very build");
    }

    @ParameterizedTest(name = "booted at {0}")
    @ValueSource(ints = {0x81000000, 0x9a200000})
    void theyComeFromAFileEvenIfItWasBootedElsewhere(int start) throws IOException {
      byte[] image = Images.fixture("tiny-vmlinux.elf");
      int table = (int) ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).getLong(40);
      image[table + 9 * 64 + 4] = 1; // no longer a table of symbols
      String symbols = SYMBOLS.replace("%1$08x0", "%1$08x").formatted(-1);
      symbols = symbols.replaceAll("(?m)^ffffffff(\\w{7})", "$1"); // offsets alone
      StringBuilder moved = new StringBuilder();
      for (String line : symbols.lines().toList()) {
        String[] words = line.split(" ", 2);
        long address = 0xffff_ffff_0000_0000L + Integer.toUnsignedLong(start);
        moved.append("%x %s%n".formatted(address + Long.parseLong(words[0], 16), words[1]));
      }
      Path map = file("map", moved.toString().getBytes(StandardCharsets.UTF_8));
      ConsoleRun run =
          ConsoleRun.of(
              "events",
              "check",
              "--image",
              file("v", image),
              "--symbols",
              map,
              "--out",
              "json",
              "faulty",
              "quiet");
      JsonNode json = Images.json(run);
      assertThat(Images.answers(Images.function(json, "faulty")))
          .isEqualTo("0=int3 3=int3 6=int3 9=int3 10=int3 12=int3");
      assertThat(Images.answers(Images.function(json, "quiet"))).contains("0=-22");
      assertThat(Images.function(json, "faulty").path("address").asText())
          .isEqualTo("0xffffffff81000030");
    }

    @Test
    void aStubAndHiddenAddressesAreToldApart() {
      Path stub =
          file(
              "stub",
              "ffffffffffffffff B The_real_System.map_is_elsewhere\n"
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(ConsoleRun.of("events", "check", "--image", kernel(), "--symbols", stub).err())
          .contains("none of its functions lie in the image");
      Path hidden = file("hidden", "0000000000000000 T _stext\n".getBytes(StandardCharsets.UTF_8));
      assertThat(ConsoleRun.of("events", "check", "--image", kernel(), "--symbols", hidden).err())
          .contains("read it as root");
    }
  }

  /** Memory of a running kernel: a core file with the text in a segment, and symbols beside. */
  @Test
  void aDumpOfMemoryIsTakenAsItIs() {
    byte[] dump = withoutSections();
    dump[16] = 4; // a core file
    Path map =
        file(
            "kallsyms", SYMBOLS.replace("%1$08x00", "ffffffff81").getBytes(StandardCharsets.UTF_8));
    ConsoleRun run =
        ConsoleRun.of(
            "events",
            "check",
            "--image",
            file("core", dump),
            "--symbols",
            map,
            "--kernel",
            "6.12",
            "--out",
            "json",
            "faulty",
            "quiet");
    assertThat(run.err()).doesNotContain("boot patches").contains("told by their nops");
    assertThat(Images.answers(Images.function(Images.json(run), "faulty")))
        .startsWith("0=jump 3=jump");
    assertThat(Images.answers(Images.function(Images.json(run), "quiet"))).contains("0=-22");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "0xffffffff81000030-0xffffffff81000040\tfaulty",
        "0xffffffffa2000030-0xffffffffa2000040\tfaulty", // booted elsewhere
        "0x0000000000000000-0x0000000000000000\tfaulty" // hidden
      })
  void theBlacklistOfARunningKernelAddsToIt(String line) {
    Path list = file("blacklist", (line + "\n").getBytes(StandardCharsets.UTF_8));
    ConsoleRun run =
        ConsoleRun.of("events", "check", "--image", kernel(), "--blacklist", list, "faulty+0x3");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("EINVAL: blacklisted");
  }

  @Nested
  class OnePoint {
    @Test
    void isAcceptedOrFailsAndTheNearestAreNamed() {
      ConsoleRun fine = ConsoleRun.of("events", "check", "--image", kernel(), "plain+9");
      assertThat(fine.code()).isZero();
      assertThat(fine.out()).contains("stepped, boostable; accepted: jump over +0x9 to +0xf");
      ConsoleRun refused = ConsoleRun.of("events", "check", "--image", kernel(), "plain+0xa");
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.out())
          .contains("+0xa ", "EILSEQ: in the middle of an instruction")
          .contains("nearest that is accepted: plain+0x9 or plain+0xc");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
      "plain+32, 'offset must be in [0, 32)'",
      "plain+x, 'expected SYMBOL or SYMBOL+OFFSET'",
      "plian, 'did you mean plain?'",
      "linux_banner, 'no function'"
    })
    void anotherIsRefusedInOneLine(String operand, String words) {
      ConsoleRun run = ConsoleRun.of("events", "check", "--image", kernel(), operand);
      assertThat(run.refused()).isTrue();
      assertThat(run.err()).contains(words);
    }
  }

  @Test
  void anImageOfAnotherArchitectureThanAskedForIsRefused() {
    ConsoleRun run = ConsoleRun.of("events", "check", "--image", kernel(), "--arch", "arm64");
    assertThat(run.refused()).isTrue();
    assertThat(run.err()).contains("is for x86_64");
  }
}
