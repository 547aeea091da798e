package dev.kretsim.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.cli.ConsoleRun;
import dev.kretsim.kernel.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a kernel may come from beside a vmlinux: a pipe, the Image of arm64, any bzImage. */
class ImageSourcesTest {
  private static final long TEXT = 0xffff_8000_8000_0000L;
  private static final int FIRST_FUNCTION = 0x1000;

  /** {@code mov x9, x30; nop; ldxr w0, [x1]; stxr w2, w0, [x1]; ret; brk} and a second function. */
  private static final int[] WORDS = {
    0xaa1e03e9, 0xd503201f, 0x885f7c20, 0x88027c20, 0xd65f03c0, 0xd4200000, 0xd503201f, 0xd65f03c0
  };

  private static final String SYMBOLS =
      """
      ffff800080000000 T _text
      ffff800080000000 T _stext
      ffff800080001000 T traced
      ffff800080001018 t plain
      ffff800080001020 T _etext
      """;

  @TempDir Path folder;

  private static byte[] arm64Image() {
    ByteBuffer image = ByteBuffer.allocate(FIRST_FUNCTION + 4 * WORDS.length);
    image.order(ByteOrder.LITTLE_ENDIAN).put(56, "ARMd".getBytes(StandardCharsets.US_ASCII));
    image.position(FIRST_FUNCTION);
    Arrays.stream(WORDS).forEach(image::putInt);
    return image.array();
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void anImageMayComeThroughAPipe() {
    byte[] vmlinux = Images.fixture("tiny-vmlinux.elf");
    try (KernelImage piped = KernelImage.open("-", new ByteArrayInputStream(vmlinux), null)) {
      assertThat(piped.arch()).isEqualTo(Arch.X86_64);
      assertThat(piped.functions()).extracting(KernelImage.Function::name).contains("plain");
    }
    byte[] none = "no kernel at all".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> KernelImage.open("-", new ByteArrayInputStream(none), null))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("standard input: neither an ELF file nor");
    assertThatThrownBy(() -> KernelImage.open("-", new ByteArrayInputStream(new byte[0]), null))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("standard input: ");
  }

  @Test
  void theImageOfArm64LiesWhereItsSymbolsSay() throws IOException {
    Path image = file("Image", arm64Image());
    Path symbols = file("System.map", SYMBOLS.getBytes(StandardCharsets.US_ASCII));
    ConsoleRun run =
        ConsoleRun.of(
            "events",
            "check",
            "--image",
            image,
            "--symbols",
            symbols,
            "--kernel",
            "6.12",
            "--out",
            "json",
            "traced",
            "plain");
    assertThat(run.code()).isZero();
    String traced = Images.answers(Images.function(Images.json(run), "traced"));
    assertThat(traced).contains("0=int3", "4=-22", "8=-22", "12=-22", "16=int3", "20=-22");
    assertThat(Images.function(Images.json(run), "traced").path("address").asText())
        .isEqualTo("0x%x".formatted(TEXT + FIRST_FUNCTION));
    assertThat(Images.answers(Images.function(Images.json(run), "plain")))
        .contains("0=int3", "4=int3");
  }

  @Test
  void theImageOfArm64HasNoSymbolsOfItsOwn() throws IOException {
    ConsoleRun run = ConsoleRun.of("events", "check", "--image", file("Image", arm64Image()));
    assertThat(run.refused()).isTrue();
    assertThat(run.err()).contains("--symbols FILE must have _text");
  }

  @ParameterizedTest
  @CsvSource({
    "425a6839, with bzip2",
    "894c5a4f000d0a1a0a, with lzo",
    "0102030405, in a way that is not known here"
  })
  void aPayloadThatCannotBeUnpackedIsNamed(String start, String packing) throws IOException {
    byte[] payload = new byte[64];
    for (int i = 0; i < start.length() / 2; i++) {
      payload[i] = (byte) Integer.parseInt(start.substring(2 * i, 2 * i + 2), 16);
    }
    ConsoleRun run =
        ConsoleRun.of("events", "check", "--image", file("vmlinuz", Wrapping.bzImage(payload)));
    assertThat(run.refused()).isTrue();
    assertThat(run.err()).contains("its payload is packed " + packing, "extract-vmlinux");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GZIP", "XZ", "LZMA", "LZ4", "ZSTD"})
  void aPayloadThatIsCutOffIsOneLine(String packing) throws IOException {
    byte[] whole = Wrapping.valueOf("BZIMAGE_" + packing).wrap(Images.fixture("tiny-vmlinux.elf"));
    ByteBuffer image = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
    image.putInt(0x24c, image.getInt(0x24c) / 2);
    ConsoleRun run = ConsoleRun.of("events", "check", "--image", file("vmlinuz", image.array()));
    assertThat(run.refused()).as(run.err()).isTrue();
  }
}
