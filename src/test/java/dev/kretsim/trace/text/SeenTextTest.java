package dev.kretsim.trace.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pieces of text are found by all of their bytes. */
class SeenTextTest {
  private static final int PIECES = 2000;

  private static byte[] padded(String piece) {
    byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(bytes, bytes.length + SeenText.SLACK);
  }

  /** What differs deep inside a call graph only at its end would else be sought for in a row. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 20, 30, 60, 120, 160})
  void piecesThatDifferAtTheirEndsLieApart(int indent) {
    Set<Integer> upTo = new HashSet<>();
    Set<Integer> of = new HashSet<>();
    for (int i = 0; i < PIECES; i++) {
      String piece = " ".repeat(indent) + "function_" + i + "();\n";
      upTo.add(SeenText.hashUpTo(padded(piece), 0, Eight.NEWLINES));
      of.add(SeenText.hashOf(padded(piece), 0, piece.length()));
    }
    assertThat(upTo).hasSizeGreaterThan(PIECES * 9 / 10);
    assertThat(of).hasSizeGreaterThan(PIECES * 9 / 10);
  }

  /** Threads of one process differ before its number. */
  @Test
  void piecesThatDifferAtTheirBeginningsLieApart() {
    Set<Integer> of = new HashSet<>();
    for (int i = 0; i < PIECES; i++) {
      String piece = "worker-%-7d (   2607) [001] ..... ".formatted(10_000 + i);
      of.add(SeenText.hashOf(padded(piece), 0, piece.length()));
    }
    assertThat(of).hasSizeGreaterThan(PIECES * 9 / 10);
  }
}
