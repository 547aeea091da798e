package dev.kretsim.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFileTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{\"id\": 1, \"id\": 2}' | :1:15: not a recording: id is given twice",
        "'{\"a\": [{\"b\": 1, \"b\": 1}]}' | not a recording: b is given twice",
        "'{} {}' | :1:4: not a recording: more follows after its end",
        "'{} x' | not a recording: broken JSON",
        "'{\"a\": ' | not a recording: broken JSON",
        "'' | :1:1: not a recording: it is empty",
        "'{\"a\": NaN}' | not a recording: broken JSON",
      })
  void whatIsNotOneValueWithEachKeyOnceIsRefused(String text, String message) {
    assertThatThrownBy(() -> JsonFile.parse("f", "recording", text))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("f:1:")
        .hasMessageContaining(message);
  }

  @Test
  void theSameKeyInTwoObjectsIsNoMistake() {
    assertThat(JsonFile.parse("f", "recording", "[{\"a\": 1}, {\"a\": 1}]\n")).hasSize(2);
  }

  @Test
  void deepNestingIsRefusedAsBroken() {
    assertThatThrownBy(() -> JsonFile.parse("f", "recording", "[".repeat(100_000)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("broken JSON");
  }

  @Test
  void whatHasNoEndIsRefusedByItsLength(@TempDir Path folder) throws IOException {
    Path endless = Files.createSymbolicLink(folder.resolve("endless"), Path.of("/dev/zero"));
    assertThatThrownBy(() -> JsonFile.read(endless, "recording", 1 << 20))
        .hasMessage(endless + ": a recording is a JSON file of at most 1 MiB");
  }
}
