package dev.kretsim.paste;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream of text as its tool printed it, from one that was copied out of a terminal, a mail, an
 * issue or a web page.
 *
 * <p>Only the beginning is looked at to tell; a stream that shows no sign of having been pasted
 * there goes through untouched. A line keeps its number: what does not belong to the text becomes
 * an empty line, and a line that was broken in two is whole again with an empty one after it.
 */
public final class PastedText extends InputStream {
  /** So many bytes are looked at of a text that has no more. */
  static final int LOOKED_AT = 256 * 1024;

  /** Of one that has: nobody pastes as much by hand without a sign at the beginning. */
  private static final int LOOKED_AT_OF_MORE = 32 * 1024;

  /** Longer lines than any tracer prints are no text; a reader refuses them. */
  private static final int LONGEST_LINE = 128 * 1024;

  private final Lookahead in;
  private final PastedLines lines;
  private byte[] ready = new byte[0];
  private int next;
  private int end;
  private boolean ended;

  private PastedText(Lookahead in, PastedLines lines) {
    this.in = in;
    this.lines = lines;
  }

  /**
   * What the beginning of a text showed when it was looked at last. A text is opened several times
   * before it has been read, and it takes longer to look for all signs than to see that it is the
   * same. Nor need a long one be looked at again as far as to tell that it is long.
   */
  public static final class Beginning {
    private volatile @Nullable Known known;

    private record Known(byte[] head, boolean whole, PasteSigns signs) {
      boolean isSame(byte[] other, int length) {
        return Arrays.equals(head, 0, head.length, other, 0, length);
      }
    }

    private Lookahead look(InputStream raw) {
      Lookahead in = new Lookahead(raw, LOOKED_AT_OF_MORE);
      Known before = known;
      boolean seen = before != null && !before.whole && before.isSame(in.head(), in.length());
      if (!in.isWhole() && !seen) {
        in.lookUpTo(LOOKED_AT);
      }
      return in;
    }

    private PasteSigns signs(byte[] head, int length, boolean whole) {
      Known before = known;
      if (before != null && before.whole == whole && before.isSame(head, length)) {
        return before.signs;
      }
      PasteSigns signs = PasteSigns.in(head, length, whole);
      known = new Known(Arrays.copyOf(head, length), whole, signs);
      return signs;
    }
  }

  /**
   * The text of a stream.
   *
   * @param raw is closed with it
   * @param leftOut is told why and which line, counted from 1, does not belong to it
   */
  public static InputStream of(InputStream raw, ObjLongConsumer<String> leftOut) {
    return of(raw, new Beginning(), leftOut);
  }

  /**
   * The same of a stream that is opened again and again.
   *
   * @param beginning the same each time
   */
  public static InputStream of(
      InputStream raw, Beginning beginning, ObjLongConsumer<String> leftOut) {
    Lookahead in = beginning.look(raw);
    in.skipByteOrderMark();
    Charset wide = in.wide();
    if (wide != null) {
      return of(in.asUtf8(wide), beginning, leftOut);
    }
    int length = in.isWhole() ? in.length() : Math.min(in.length(), LOOKED_AT_OF_MORE);
    PasteSigns signs = beginning.signs(in.head(), length, in.isWhole());
    return signs.any() ? new PastedText(in, new PastedLines(signs, leftOut)) : in;
  }

  @Override
  public int read() throws IOException {
    return isReady() ? ready[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!isReady()) {
      return -1;
    }
    int count = Math.min(length, end - next);
    System.arraycopy(ready, next, bytes, offset, count);
    next += count;
    return count;
  }

  @Override
  public int available() {
    return end - next;
  }

  private boolean isReady() throws IOException {
    while (next == end && !ended) {
      StringBuilder text = new StringBuilder();
      while (text.length() < 8192 && !ended) {
        step(text);
      }
      ready = text.toString().getBytes(StandardCharsets.ISO_8859_1);
      next = 0;
      end = ready.length;
    }
    return next < end;
  }

  /** Every byte is one character, so that names in any encoding stay what they are. */
  private void step(StringBuilder text) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    int b = in.read();
    while (b >= 0 && b != '\n' && line.size() < LONGEST_LINE) {
      line.write(b);
      b = in.read();
    }
    if (b >= 0 && b != '\n') {
      line.write(b);
    }
    ended = b < 0;
    if (line.size() > 0 || b >= 0) {
      lines.add(line.toString(StandardCharsets.ISO_8859_1), b == '\n', text);
    }
    if (ended) {
      lines.finish(text);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
