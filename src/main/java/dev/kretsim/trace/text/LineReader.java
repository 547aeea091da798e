package dev.kretsim.trace.text;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.Unpacked;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream into lines without making a string of each, in memory that does not depend on the
 * stream: the buffer holds one chunk, and a line longer than a chunk is refused. A UTF-8 byte order
 * mark at the start is no part of the text, nor are NUL bytes at the beginning of a line: a machine
 * that goes down leaves a hole of them in a file that was being written.
 */
public final class LineReader implements Closeable {
  /** The longest line that is read, in bytes: ten times what any tracer prints. */
  static final int LONGEST_LINE = 64 * 1024;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final String source;
  private final InputStream stream;
  private final byte[] buffer;
  private final int longestLine;
  private final Line line = new Line();
  private int from;
  private int filled;
  private boolean ended;
  private boolean terminated;
  private long number;
  private long firstHole;

  public LineReader(String source, InputStream stream) {
    this(source, stream, LONGEST_LINE);
  }

  /** As above, with another limit on the length of a line, in bytes. */
  public LineReader(String source, InputStream stream, int longestLine) {
    this.source = source;
    this.stream = stream;
    this.longestLine = longestLine;
    this.buffer = new byte[4 * longestLine + QuickLines.SLACK];
  }

  /**
   * Moves to the next line.
   *
   * @return false at the end of the stream
   * @throws BadInputException when the line is too long or the stream cannot be read further
   */
  public boolean next() {
    int searched = from;
    while (true) {
      int newline = Eight.newline(buffer, searched, filled);
      if (newline != Line.NONE) {
        show(newline);
        from = newline + 1;
        terminated = true;
        return true;
      }
      if (filled - from > longestLine) {
        throw BadInputException.at(
            source,
            number + 1,
            "a line of more than " + longestLine + " bytes; expected the text of a trace");
      }
      if (ended) {
        if (filled == from) {
          return false;
        }
        show(filled);
        from = filled;
        terminated = false;
        return true;
      }
      searched = filled - from;
      fill();
    }
  }

  private void show(int end) {
    int start = from;
    if (number == 0 && startsWithByteOrderMark(end)) {
      start += BYTE_ORDER_MARK.length;
    }
    if (start < end && buffer[start] == 0) {
      start = skipHole(start, end);
    }
    boolean carriageReturn = end > start && buffer[end - 1] == '\r';
    line.show(buffer, start, end - start - (carriageReturn ? 1 : 0));
    number++;
  }

  private int skipHole(int start, int end) {
    firstHole = firstHole == 0 ? number + 1 : firstHole;
    int i = start;
    while (i < end && buffer[i] == 0) {
      i++;
    }
    return i;
  }

  private boolean startsWithByteOrderMark(int end) {
    return end - from >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            buffer,
            from,
            from + BYTE_ORDER_MARK.length,
            BYTE_ORDER_MARK,
            0,
            BYTE_ORDER_MARK.length);
  }

  private void fill() {
    System.arraycopy(buffer, from, buffer, 0, filled - from);
    filled -= from;
    from = 0;
    try {
      int read = stream.read(buffer, filled, buffer.length - QuickLines.SLACK - filled);
      if (read < 0) {
        ended = true;
      } else {
        filled += read;
      }
    } catch (Unpacked.DamagedException e) {
      throw BadInputException.at(source, number + 1, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw BadInputException.at(source, number + 1, "cannot be read: " + e.getMessage());
    }
  }

  /** What was read, of which {@link #begin} to {@link #end} is still to come as lines. */
  public byte[] buffer() {
    return buffer;
  }

  public int begin() {
    return from;
  }

  public int end() {
    return filled;
  }

  /** Passes over lines that were read in the buffer. */
  public void pass(int newBegin, long lines) {
    from = newBegin;
    number += lines;
  }

  /** The current line; the same object each time, showing the bytes of the latest. */
  public Line line() {
    return line;
  }

  /** The current line's number, from 1. */
  public long number() {
    return number;
  }

  /** The number of the first line that began with NUL bytes; 0 if none did. */
  public long firstHole() {
    return firstHole;
  }

  /** Whether the current line ended in a newline: only a file's last may not. */
  public boolean terminated() {
    return terminated;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
