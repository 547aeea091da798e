package dev.kretsim.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.cli.ConsoleRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that were cut, changed or made up give one line, whatever is in them. */
class DamagedImagesTest {
  @TempDir Path folder;

  private Path written(byte[] image) {
    try {
      return Files.write(folder.resolve("damaged"), image);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private void isToldOf(byte[] image, String what) {
    ConsoleRun run = ConsoleRun.of("events", "check", "--image", written(image));
    assertThat(run.code()).as(what).isIn(0, 2);
    if (run.code() == 2) {
      assertThat(run.refused()).as("%s: %s", what, run.err()).isTrue();
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"tiny-vmlinux.elf", "tiny-module.elf", "tiny-arm64.elf"})
  void cutAnywhereGiveOneLine(String name) {
    byte[] whole = Images.fixture(name);
    for (int size = 0; size < whole.length; size += 251) {
      isToldOf(Arrays.copyOf(whole, size), name + " cut to " + size);
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"tiny-vmlinux.elf", "tiny-module.elf", "tiny-arm64.elf"})
  void withChangedBytesGiveOneLine(String name) {
    byte[] whole = Images.fixture(name);
    Random random = new Random(1);
    ByteBuffer header = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
    int table = (int) header.getLong(40);
    for (int i = 0; i < 100; i++) {
      byte[] changed = whole.clone();
      for (int j = 0; j < 3; j++) {
        boolean tables = random.nextBoolean();
        int at = tables ? table + random.nextInt(whole.length - table) : random.nextInt(64);
        changed[at] = (byte) random.nextInt();
      }
      isToldOf(changed, name + " changed, round " + i);
    }
  }

  @Test
  void withFarTooManySectionsGiveOneLine() {
    byte[] image = Images.fixture("tiny-vmlinux.elf");
    ByteBuffer header = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    header.putShort(60, (short) 0).putLong((int) header.getLong(40) + 32, Long.MAX_VALUE / 64);
    ConsoleRun run = ConsoleRun.of("events", "check", "--image", written(image));
    assertThat(run.refused()).isTrue();
    assertThat(run.err()).contains("sections");
  }
}
