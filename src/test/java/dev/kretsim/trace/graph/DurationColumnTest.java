package dev.kretsim.trace.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.trace.text.Line;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A duration is read at sight wherever in its column it stands, and nothing else is. */
class DurationColumnTest {
  private static final int WIDTH = 15;
  private static final Pattern PLAIN =
      Pattern.compile(" *(?:[!#$*+@] +)?(\\d{1,7})\\.(\\d{1,3}) us *\\|");

  private static long read(String column) {
    byte[] before = "before| ".getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = column.getBytes(StandardCharsets.US_ASCII);
    byte[] text = Arrays.copyOf(before, before.length + bytes.length + 64);
    System.arraycopy(bytes, 0, text, before.length, bytes.length);
    return DurationColumn.read(text, before.length, column.length());
  }

  /** As a plain pattern reads it. */
  private static long plain(String column) {
    Matcher matcher = PLAIN.matcher(column);
    if (!matcher.matches()) {
      return column.matches(" *\\|") ? Line.NONE : DurationColumn.UNKNOWN;
    }
    String decimals = (matcher.group(2) + "00").substring(0, 3);
    return Long.parseLong(matcher.group(1)) * 1000 + Long.parseLong(decimals);
  }

  private static String column(SplittableRandom random) {
    int decimals = 1 + random.nextInt(3);
    long whole = random.nextLong((long) Math.pow(10, 1 + random.nextInt(8 - decimals)));
    String number =
        String.format(Locale.ROOT, "%d.%0" + decimals + "d us", whole, random.nextInt(10));
    String mark = random.nextBoolean() ? "" : "!#$*+@".charAt(random.nextInt(6)) + " ";
    int free = Math.max(0, WIDTH - 1 - mark.length() - number.length());
    int left = random.nextInt(free + 1);
    String column = random.nextBoolean() ? mark + " ".repeat(left) : " ".repeat(left) + mark;
    return (column + number + " ".repeat(free - left) + "|");
  }

  @Test
  void whereverItStandsInTheColumn() {
    SplittableRandom random = new SplittableRandom(1);
    int understood = 0;
    for (int i = 0; i < 100_000; i++) {
      String column = column(random);
      long holdNs = read(column);
      if (holdNs != DurationColumn.UNKNOWN) {
        assertThat(holdNs).as("'%s'", column).isEqualTo(plain(column));
        understood++;
      }
    }
    assertThat(understood).isGreaterThan(70_000);
  }

  @Test
  void nothingElseIsTakenForOne() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 200_000; i++) {
      char[] column = column(random).toCharArray();
      for (int change = random.nextInt(3); change >= 0; change--) {
        column[random.nextInt(column.length)] = " .us|0123+!x".charAt(random.nextInt(12));
      }
      String text = new String(column);
      long holdNs = read(text);
      if (holdNs != DurationColumn.UNKNOWN) {
        assertThat(holdNs).as("'%s'", text).isEqualTo(plain(text));
      }
    }
  }

  @Test
  void anEmptyColumnIsNone() {
    assertThat(read(" ".repeat(WIDTH))).isEqualTo(DurationColumn.UNKNOWN);
    assertThat(read(" ".repeat(WIDTH - 1) + "|")).isEqualTo(Line.NONE);
  }
}
