package dev.kretsim.trace.text;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.Movements;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of whole lines, and what they were decoded to: records of three words. That of a line
 * which was understood at sight is its time, the numbers of its head and tail among the pieces of
 * text that were seen before, and what it says a call took. That of any other is where it lies.
 */
public final class Block {
  /** How many bytes before the first line may be read, though not used. */
  static final int FRONT = Long.BYTES;

  /** How many bytes behind the last line may be read, though not used. */
  static final int SLACK = 1024;

  /** The words of a record. */
  private static final int WORDS = 3;

  private static final long UNKNOWN_LINE = Long.MIN_VALUE;

  private byte[] bytes;
  private int end;
  private boolean last;
  private long[] records = new long[1 << 10];
  private int size;
  private int lines;

  /** What went wrong behind the lines, if anything. */
  @Nullable BadInputException failure;

  /** What the numbers of heads and tails mean; the decoder's own matter. */
  public @Nullable Object meaning;

  /** What the lines tell of calls. */
  public final Movements movements = new Movements();

  Block(int size) {
    bytes = new byte[FRONT + size + SLACK];
  }

  void begin() {
    end = FRONT;
    size = 0;
    lines = 0;
    last = false;
    failure = null;
    meaning = null;
    movements.clear();
  }

  /** How many bytes can still be put behind those that are there. */
  int room() {
    return bytes.length - SLACK - end;
  }

  void makeRoom() {
    bytes = Arrays.copyOf(bytes, 2 * bytes.length);
  }

  void put(byte[] from, int length) {
    while (room() < length) {
      makeRoom();
    }
    System.arraycopy(from, 0, bytes, end, length);
    end += length;
  }

  void filled(int more) {
    end += more;
  }

  /** Ends it at a position; what lies behind belongs to the next. */
  void cut(int newEnd) {
    end = newEnd;
  }

  void setLast() {
    last = true;
  }

  /** Whether no line follows. */
  public boolean isLast() {
    return last;
  }

  public byte[] bytes() {
    return bytes;
  }

  /** Where the first line begins. */
  public int from() {
    return FRONT;
  }

  /** Where the last line ends, its newline included. */
  public int to() {
    return end;
  }

  /** How many lines it has. */
  public int lines() {
    return lines;
  }

  /** Whether the last line ends at a newline. */
  public boolean endsAtNewline() {
    return end == FRONT || bytes[end - 1] == '\n';
  }

  /** A blank line. */
  public void blank() {
    lines++;
  }

  /** The next line was understood; head and tail are not negative. */
  public void add(long timeNs, int head, int tail, long holdNs) {
    put(timeNs, (long) head << Integer.SIZE | tail, holdNs);
  }

  /** The next line lies there and was not understood. */
  public void addUnknown(int from, int to) {
    put((long) from << Integer.SIZE | to, UNKNOWN_LINE | lines, 0);
  }

  private void put(long first, long second, long third) {
    int at = size * WORDS;
    if (at + WORDS > records.length) {
      records = Arrays.copyOf(records, 2 * records.length);
    }
    records[at] = first;
    records[at + 1] = second;
    records[at + 2] = third;
    size++;
    lines++;
  }

  /** How many records there are: one for each line that is not blank. */
  public int size() {
    return size;
  }

  /** Whether the line of a record was understood. */
  public boolean isKnown(int record) {
    return records[record * WORDS + 1] >= 0;
  }

  public long timeNs(int record) {
    return records[record * WORDS];
  }

  public int head(int record) {
    return (int) (records[record * WORDS + 1] >>> Integer.SIZE);
  }

  public int tail(int record) {
    return (int) records[record * WORDS + 1];
  }

  public long holdNs(int record) {
    return records[record * WORDS + 2];
  }

  /** Where the line of a record that was not understood begins. */
  public int lineFrom(int record) {
    return (int) (records[record * WORDS] >>> Integer.SIZE);
  }

  /** Where it ends, without its newline. */
  public int lineTo(int record) {
    return (int) records[record * WORDS];
  }

  /** Its number in the block, from 0. */
  int lineNumber(int record) {
    return (int) records[record * WORDS + 1];
  }
}
