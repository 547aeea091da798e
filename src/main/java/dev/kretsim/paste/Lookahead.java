package dev.kretsim.paste;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose beginning was looked at. What went wrong while looking is thrown only where a
 * reader gets there, as it would be without.
 */
final class Lookahead extends InputStream {
  private final InputStream rest;
  private byte[] head;
  private int length;
  private int next;
  private boolean whole;
  private IOException failure = new IOException();
  private boolean failed;

  Lookahead(InputStream rest, int size) {
    this.rest = rest;
    this.head = new byte[size];
    lookOn();
  }

  /** Looks at more, so that it is so many bytes; nothing has been read yet. */
  void lookUpTo(int size) {
    head = Arrays.copyOf(head, size);
    lookOn();
  }

  private void lookOn() {
    try {
      while (length < head.length && !whole && !failed) {
        int read = rest.read(head, length, head.length - length);
        whole = read < 0;
        length += Math.max(0, read);
      }
    } catch (IOException e) {
      failure = e;
      failed = true;
    }
  }

  /** What was looked at: so many bytes as {@link #length} says. */
  byte[] head() {
    return head;
  }

  int length() {
    return length;
  }

  /** Whether the stream ends with what was looked at. */
  boolean isWhole() {
    return whole;
  }

  /** Passes over what some editors begin a text in UTF-8 with. */
  void skipByteOrderMark() {
    boolean mark =
        length >= 3 && head[0] == (byte) 0xef && head[1] == (byte) 0xbb && head[2] == (byte) 0xbf;
    next = mark ? 3 : 0;
  }

  /**
   * The encoding of two or four bytes a character that some shells write when output is sent to a
   * file; null if this is none. A mark at the beginning tells which, or the zeros of plain text do.
   */
  @Nullable Charset wide() {
    if (length < 8) {
      return null;
    }
    Charset four = ofFour();
    if (four != null) {
      return four;
    }
    boolean mark = isMark(0, 0xff, 0xfe) || isMark(0, 0xfe, 0xff);
    int from = mark ? 2 : 0;
    boolean little = head[from] != 0 && head[from + 1] == 0 && head[from + 3] == 0;
    boolean big = head[from] == 0 && head[from + 1] != 0 && head[from + 2] == 0;
    if (!(little || big) || (head[from + 2] == 0 && head[from + 3] == 0)) {
      return null;
    }
    return mark
        ? StandardCharsets.UTF_16
        : little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
  }

  /** Of four bytes a character three are zero in plain text, the last three or the first. */
  private @Nullable Charset ofFour() {
    boolean bigMark = head[0] == 0 && head[1] == 0 && isMark(2, 0xfe, 0xff);
    boolean littleMark = isMark(0, 0xff, 0xfe) && head[2] == 0 && head[3] == 0;
    if (bigMark || littleMark) {
      return Charset.forName("UTF-32");
    }
    boolean little = head[0] != 0 && head[4] != 0 && areZero(1, 4) && areZero(5, 8);
    boolean big = head[3] != 0 && head[7] != 0 && areZero(0, 3) && areZero(4, 7);
    return little ? Charset.forName("UTF-32LE") : big ? Charset.forName("UTF-32BE") : null;
  }

  private boolean areZero(int from, int to) {
    int zeros = from;
    while (zeros < to && head[zeros] == 0) {
      zeros++;
    }
    return zeros == to;
  }

  private boolean isMark(int at, int first, int second) {
    return head[at] == (byte) first && head[at + 1] == (byte) second;
  }

  InputStream asUtf8(Charset from) {
    return new Transcoded(this, from);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return next < length ? head[next++] & 0xff : read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int most) throws IOException {
    if (next < length) {
      int count = Math.min(most, length - next);
      System.arraycopy(head, next, bytes, offset, count);
      next += count;
      return count;
    }
    if (failed) {
      throw failure;
    }
    return whole ? -1 : rest.read(bytes, offset, most);
  }

  /** Behind the beginning, a file goes there without reading. */
  @Override
  public long skip(long count) throws IOException {
    if (next == length && !failed && !whole) {
      return rest.skip(count);
    }
    int skipped = (int) Math.max(0, Math.min(count, length - next));
    next += skipped;
    return skipped;
  }

  @Override
  public int available() throws IOException {
    return next < length ? length - next : failed || whole ? 0 : rest.available();
  }

  @Override
  public void close() throws IOException {
    rest.close();
  }

  private static final class Transcoded extends InputStream {
    private final Reader reader;
    private final CharBuffer chars = CharBuffer.allocate(8192);
    private InputStream ready = new ByteArrayInputStream(new byte[0]);

    Transcoded(InputStream in, Charset from) {
      reader = new InputStreamReader(in, from);
    }

    @Override
    public int read() throws IOException {
      int b = ready.read();
      while (b < 0) {
        chars.clear();
        if (reader.read(chars) < 0) {
          return -1;
        }
        chars.flip();
        ready = new ByteArrayInputStream(chars.toString().getBytes(StandardCharsets.UTF_8));
        b = ready.read();
      }
      return b;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
