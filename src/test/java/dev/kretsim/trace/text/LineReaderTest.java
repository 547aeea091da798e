package dev.kretsim.trace.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines come out whole, whatever the chunks they came in, and memory stays bounded. */
class LineReaderTest {
  /** Gives at most so many bytes at a time. */
  private static InputStream trickling(String text, int most) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int read(byte[] bytes, int offset, int length) {
        return super.read(bytes, offset, Math.min(length, most));
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void linesDoNotDependOnTheChunksTheyComeIn(int chunk) {
    String text = "one\n\ntwo two\r\n" + "x".repeat(16) + "\nlast";
    LineReader reader = new LineReader("t", trickling(text, chunk), 16);
    List<String> lines = new ArrayList<>();
    while (reader.next()) {
      lines.add(reader.line().toString());
      assertThat(reader.number()).isEqualTo(lines.size());
      assertThat(reader.terminated()).isEqualTo(!reader.line().toString().equals("last"));
    }
    assertThat(lines).containsExactly("one", "", "two two", "x".repeat(16), "last");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8191, 16_384, 20_000, 1 << 20})
  void linesOfALongTextAreWholeWhereverTheyEnd(int chunk) {
    List<String> written = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      written.add(i + "y".repeat(i * i * i % LineReader.LONGEST_LINE / 4));
    }
    LineReader reader = new LineReader("t", trickling(String.join("\n", written), chunk));
    List<String> lines = new ArrayList<>();
    while (reader.next()) {
      lines.add(reader.line().toString());
    }
    assertThat(lines).isEqualTo(written);
  }

  @Test
  void aLineWithoutEndIsRefusedWithoutReadingOn() {
    long[] given = {0};
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            given[0]++;
            return 'x';
          }
        };
    LineReader reader = new LineReader("huge.txt", endless, 1024);
    assertThatThrownBy(reader::next)
        .hasMessage("huge.txt:1: a line of more than 1024 bytes; expected the text of a trace");
    assertThat(given[0]).isLessThanOrEqualTo(8 * 1024);
  }
}
