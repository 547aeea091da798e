package dev.kretsim.conform.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.conform.recording.ConformResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real kernels answered at every offset of some functions follows from rules. */
class ProbePointsTest {
  @TempDir private Path folder;

  private static String recorded(String kernel) {
    String name = "/points/" + kernel + ".json.gz";
    try (InputStream file = ProbePointsTest.class.getResourceAsStream(name)) {
      assertThat(file).as(name).isNotNull();
      return new String(new GZIPInputStream(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private ConformResult replay(String recording) {
    try {
      Path file = Files.writeString(folder.resolve("points.json"), recording);
      return Conformance.of(List.of(file), null);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /**
   * What differs is what the recordings do not hold. In {@code security_kernel_act_as} a static
   * call begins right behind the last byte whose facts were recorded; the last byte of {@code
   * crypto_poly1305_update} begins an instruction that ends in the next function, whose bytes were
   * not recorded.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "k612, 1155, security_kernel_act_as:157:optimizable crypto_poly1305_update:27:optimizable"
        + " crypto_poly1305_update:31:length",
    "k73, 615, security_kernel_act_as:157:optimizable"
  })
  void everyOffsetIsAnsweredAsTheKernelDid(String kernel, int functions, String known) {
    ConformResult result = replay(recorded(kernel));
    assertThat(result.runs()).isEqualTo(functions);
    assertThat(result.skipped()).isEmpty();
    assertThat(result.failed())
        .extracting(failure -> failure.id() + ":" + failure.step() + ":" + failure.field())
        .containsExactlyInAnyOrder(known.split(" "));
  }

  private static final String FUNCTION =
      """
      {"kernel":"6.12","version":"6.12.1-amd64","functions":[{"symbol":"f","size":16,"probed":16,
       "ftrace_offset":null,"rc":"%s","ok":"%s","opt":"%s",
       "enabled":{"tried":[0],"optimized":[%s]},
       "bytes":"4889f84801d84829d831c0c3cccccccc"}]}
      """;

  private static final String CODES = "0 -84x2 0 -84x2 0 -84x2 0 -84 0 -84x4";
  private static final String ACCEPTED = "0:3E 3:3 6:3 9:2 11:1r";
  private static final String DETOURS = "0:6 3:6 6:5";

  @Test
  void answersOfAnyFunctionFollowFromItsBytes() {
    assertThat(replay(FUNCTION.formatted(CODES, ACCEPTED, DETOURS, "0")).failed()).isEmpty();
  }

  @ParameterizedTest(name = "{4}")
  @CsvSource({
    "0 -84x2 -22 -84x2 0 -84x2 0 -84 0 -84x4, 0:3E 6:3 9:2 11:1r, 0:6 6:5, 0, rc",
    "0 -84x2 0 -84x2 0 -84x2 0 -84 0 -84x4, 0:4E 3:3 6:3 9:2 11:1r, 0:6 3:6 6:5, 0, length",
    "0 -84x2 0 -84x2 0 -84x2 0 -84 0 -84x4, 0:3E 3:3 6:3 9:2 11:1, 0:6 3:6 6:5, 0, flags",
    "0 -84x2 0 -84x2 0 -84x2 0 -84 0 -84x4, 0:3E 3:3 6:3 9:2 11:1r, 3:6 6:5, 0, optimizable",
    "0 -84x2 0 -84x2 0 -84x2 0 -84 0 -84x4, 0:3E 3:3 6:3 9:2 11:1r, 0:6 3:6 6:5, '', enabled"
  })
  void anotherAnswerIsNotedAsADifference(
      String codes, String accepted, String detours, String optimized, String field) {
    ConformResult result = replay(FUNCTION.formatted(codes, accepted, detours, optimized));
    assertThat(result.failed()).extracting(ConformResult.Failure::field).contains(field);
  }
}
