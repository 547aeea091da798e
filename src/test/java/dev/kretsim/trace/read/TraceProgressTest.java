package dev.kretsim.trace.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.trace.TraceSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever waits for a long trace is told how far its reading has come. */
class TraceProgressTest {
  @Test
  void theShareOfAFileThatWasReadGrowsToTheWhole(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("trace"), new byte[100_000]);
    List<Double> shares = new ArrayList<>();
    try (TraceSource source = TraceSource.of(file.toString(), InputStream.nullInputStream())) {
      source.onProgress(shares::add);
      try (InputStream in = source.open()) {
        in.readAllBytes();
      }
    }
    assertThat(shares).isSorted().hasSizeGreaterThan(2);
    assertThat(shares.get(0)).isBetween(0.0, 1.0);
    assertThat(shares.get(shares.size() - 1)).isEqualTo(1.0);
  }
}
