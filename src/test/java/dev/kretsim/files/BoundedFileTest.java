package dev.kretsim.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.cli.ConsoleRun;
import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has no end, or is longer than any of its kind, is refused with the bound. */
class BoundedFileTest {
  private static final int MIB = 1 << 20;

  @TempDir private Path folder;

  @Test
  void aFileOfTheBoundIsReadAndOneByteMoreIsNot() throws IOException {
    Path file = Files.write(folder.resolve("f"), new byte[MIB]);
    assertThat(BoundedFile.read("f", file, MIB)).hasSize(MIB);
    Files.write(file, new byte[MIB + 1]);
    assertThatThrownBy(() -> BoundedFile.read("f", file, MIB))
        .isInstanceOf(BadInputException.class)
        .hasMessage("f: at most 1 MiB are read; expected a shorter file");
  }

  @Test
  void aStreamIsCutAtTheBoundHoweverItIsRead() throws IOException {
    Path file = Files.write(folder.resolve("f"), new byte[MIB + 1]);
    try (InputStream in = BoundedFile.open("f", file, MIB)) {
      assertThat(in.read(new byte[MIB], 0, MIB)).isEqualTo(MIB);
      assertThatThrownBy(in::read).isInstanceOf(BadInputException.class);
    }
  }

  @Test
  void whatCannotBeReadIsNamedWithItsReason() {
    assertThatThrownBy(() -> BoundedFile.read("--x none", folder.resolve("none"), MIB))
        .hasMessage("--x none: cannot be read: no such file");
    assertThatThrownBy(() -> BoundedFile.read("--x here", folder, MIB))
        .hasMessage("--x here: cannot be read: is a directory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "events run /dev/zero",
        "events check /dev/zero",
        "events check --symbols /dev/zero sample",
        "fleet sample --hosts /dev/zero",
        "run /dev/zero",
        "conform /dev/zero",
        "scale --machine /dev/zero",
        "scale --threads 1 --pool hlist --published /dev/zero --html out",
      })
  void aDeviceWithoutAnEndIsRefused(String line) throws IOException {
    Path trace = Files.writeString(folder.resolve("h.csv"), "0,5,t,f\n1,6,u,f\n");
    String[] words =
        Arrays.stream(line.split(" "))
            .map(word -> word.equals("sample") ? trace.toString() : word)
            .map(word -> word.equals("out") ? folder.resolve("out.html").toString() : word)
            .toArray(String[]::new);
    ConsoleRun run = ConsoleRun.of((Object[]) words);
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains("/dev/zero").contains(" MiB");
  }
}
