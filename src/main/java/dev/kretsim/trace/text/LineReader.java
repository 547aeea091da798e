package dev.kretsim.trace.text;

import dev.kretsim.files.Unpacked;
import dev.kretsim.kernel.BadInputException;
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
  public static final int LONGEST_LINE = 64 * 1024;

  /** Most files of a fleet are small, and each is read several times. */
  private static final int FIRST_SIZE = 16 * 1024;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final String source;
  private final InputStream stream;
  private byte[] buffer;
  private final int longestLine;
  private final Line line = new Line();
  private int from;

  /** Where in the stream the buffer begins. */
  private long base;

  /** Where in the buffer the current line begins. */
  private int lineStart;

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
    this.buffer = new byte[Math.min(4 * longestLine, FIRST_SIZE) + Block.SLACK];
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
      checkLength(filled - from);
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
    checkLength(end - from);
    lineStart = from;
    int start = from;
    if (number == 0 && startsWithByteOrderMark(end)) {
      start += BYTE_ORDER_MARK.length;
    }
    number++;
    show(buffer, start, end);
  }

  private void show(byte[] bytes, int from, int to) {
    int start = from < to && bytes[from] == 0 ? skipHole(bytes, from, to) : from;
    boolean carriageReturn = to > start && bytes[to - 1] == '\r';
    line.show(bytes, start, to - start - (carriageReturn ? 1 : 0));
  }

  private int skipHole(byte[] bytes, int start, int end) {
    firstHole = firstHole == 0 ? number : firstHole;
    int i = start;
    while (i < end && bytes[i] == 0) {
      i++;
    }
    return i;
  }

  private void checkLength(int length) {
    if (length > longestLine) {
      throw BadInputException.at(source, number + 1, tooLong());
    }
  }

  private String tooLong() {
    return "a line of more than " + longestLine + " bytes; expected the text of a trace";
  }

  /** Refuses a line that is not over after so many bytes, without saying where. */
  void checkUnfinished(int length) {
    if (length > longestLine) {
      throw new BadInputException(tooLong());
    }
  }

  /** Puts the current line and what was read behind it into a block, and reads no lines more. */
  void moveRestTo(Block block) {
    int start = line.buffer() == buffer ? line.offset(0) : from;
    block.put(Arrays.copyOfRange(buffer, start, filled), filled - start);
    number = Math.max(0, number - 1);
    from = filled;
  }

  /** Reads what comes next in the stream; -1 at its end. A failure does not say where. */
  int readInto(byte[] bytes, int at, int most) {
    if (ended) {
      return -1;
    }
    try {
      int read = stream.read(bytes, at, most);
      ended = read < 0;
      return read;
    } catch (IOException e) {
      throw new BadInputException(unreadable(e));
    }
  }

  /** Shows a line of a block that was not understood, as the current one. */
  public void show(Block block, int record, long linesBefore) {
    number = linesBefore + block.lineNumber(record);
    int start = block.lineFrom(record);
    int end = block.lineTo(record);
    checkLength(end - start);
    number++;
    terminated = end < block.to();
    show(block.bytes(), start, end);
  }

  /**
   * All lines of a block were read.
   *
   * @throws BadInputException when reading went wrong behind them
   */
  public void passed(Block block, long linesBefore) {
    number = linesBefore + block.lines();
    if (block.lines() > 0) {
      terminated = block.endsAtNewline();
    }
    if (block.failure != null) {
      throw BadInputException.at(source, number + 1, String.valueOf(block.failure.getMessage()));
    }
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
    // Where a small buffer was half full there is more to come.
    byte[] next =
        filled > FIRST_SIZE / 2 && buffer.length < 4 * longestLine
            ? new byte[4 * longestLine + Block.SLACK]
            : buffer;
    System.arraycopy(buffer, from, next, 0, filled - from);
    buffer = next;
    filled -= from;
    base += from;
    from = 0;
    int read = read(buffer, filled, buffer.length - Block.SLACK - filled);
    ended = read < 0;
    filled += Math.max(0, read);
  }

  private int read(byte[] bytes, int at, int most) {
    try {
      return stream.read(bytes, at, most);
    } catch (IOException e) {
      throw BadInputException.at(source, number + 1, unreadable(e));
    }
  }

  private static String unreadable(IOException e) {
    return (e instanceof Unpacked.DamagedException ? "" : "cannot be read: ") + e.getMessage();
  }

  /** The current line; the same object each time, showing the bytes of the latest. */
  public Line line() {
    return line;
  }

  /** Where in the stream the current line begins, in bytes. */
  public long position() {
    return base + lineStart;
  }

  /** The stream begins behind so many lines of its file. */
  public void startAfter(long lines) {
    number = lines;
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
