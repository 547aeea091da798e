package dev.kretsim.trace.calls;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.Call;
import dev.kretsim.trace.CallConsumer;
import dev.kretsim.trace.MovementConsumer;
import dev.kretsim.trace.Movements;
import dev.kretsim.trace.Tally;
import dev.kretsim.trace.TraceFindings;
import dev.kretsim.trace.TraceSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The binary form of calls, as it lies in a file: entries and returns in the order in which {@link
 * CallConsumer} gets them, so that reading it is planning's second half alone.
 *
 * <p>All numbers are varints: seven bits a byte, the low ones first, the top bit set but in the
 * last. After {@link #MAGIC} and {@link #VERSION} come records, each begun by a byte with what it
 * is in its low two bits and flags above:
 *
 * <ul>
 *   <li>{@link #ENTER}: ns since the record before (absent with {@link #BEFORE}), function, task,
 *       then as flagged the interrupt context and the depth. The call takes the slot that was left
 *       last, or the next new one.
 *   <li>{@link #LEAVE}: ns since the record before, slot, then as flagged how long the call took.
 *   <li>{@link #END}: what {@link TraceFindings} holds, then the CRC-32C of everything before it,
 *       little-endian in four bytes.
 * </ul>
 */
public final class CallsFile {
  static final byte[] MAGIC = {(byte) 0x89, 'K', 'R', 'C', '\r', '\n', 0x1a, '\n'};
  static final int VERSION = 2;

  static final int END = 0;
  static final int ENTER = 1;
  static final int LEAVE = 2;
  static final int KIND_MASK = 3;

  /** Flag of an entry: it lies before the trace. */
  static final int BEFORE = 1 << 2;

  /** Flag of an entry whose return is missing, or of such a missing return. */
  static final int LOST = 1 << 3;

  /** Flag of an entry: a context follows. */
  static final int CONTEXT = 1 << 4;

  /** Flag of an entry: a depth other than 1 follows. */
  static final int DEPTH = 1 << 5;

  /** Flag of a return: how long the call took follows, as the times do not tell it. */
  static final int HOLD = 1 << 2;

  /** Flag of a return: the call is inside still where the trace breaks off. */
  static final int CUT = 1 << 4;

  /** The entry time of a call from before the trace. */
  static final long BEGAN_BEFORE = Long.MIN_VALUE;

  /** How many words are handed on at once. */
  private static final int BATCH = 1 << 14;

  private static final int MOST_CALLS_INSIDE = 1 << 24;
  private static final int LONGEST_TEXT = 1 << 16;

  private final String source;
  private final InputStream stream;
  private final CRC32C checksum = new CRC32C();
  private final byte[] buffer = new byte[64 * 1024];
  private int from;
  private int filled;
  private long passed;

  private CallsFile(String source, InputStream stream) {
    this.source = source;
    this.stream = stream;
  }

  /**
   * Whether a source is such a file.
   *
   * @throws BadInputException when one of several is
   */
  public static boolean isOne(TraceSource source) {
    for (TraceSource part : source.parts()) {
      try {
        if (Arrays.equals(part.firstBytes(MAGIC.length), MAGIC)) {
          if (source.parts().size() > 1) {
            throw new BadInputException(
                part.name()
                    + ": imported calls cannot be merged with other files; import those together:"
                    + " kretsim import FILE... --out FILE");
          }
          return true;
        }
      } catch (IOException e) {
        return false;
      }
    }
    return false;
  }

  /** Reads the file and hands its calls on. */
  public static TraceFindings read(TraceSource source, MovementConsumer consumer) {
    try (InputStream stream = source.open()) {
      return new CallsFile(source.name(), stream).read(consumer);
    } catch (IOException e) {
      throw new BadInputException(source.name() + ": cannot be read: " + e.getMessage());
    }
  }

  private TraceFindings read(MovementConsumer consumer) throws IOException {
    for (int i = 0; i < MAGIC.length; i++) {
      next();
    }
    long version = number();
    if (version != VERSION) {
      throw new BadInputException(
          source
              + ": calls in form "
              + version
              + "; expected form "
              + VERSION
              + ": import the trace again with this version of kretsim");
    }
    Inside inside = new Inside();
    Slots slots = new Slots();
    Movements movements = new Movements();
    long nowNs = 0;
    for (int head = next(); (head & KIND_MASK) != END; head = next()) {
      if ((head & KIND_MASK) == ENTER) {
        boolean before = (head & BEFORE) != 0;
        nowNs += before ? 0 : number();
        int function = index();
        int task = index();
        int context = (head & CONTEXT) != 0 ? index() : Call.TASK_CONTEXT;
        int depth = (head & DEPTH) != 0 ? index() : 1;
        boolean knownLost = (head & LOST) != 0;
        int slot = slots.take();
        if (slot > MOST_CALLS_INSIDE) {
          throw damaged();
        }
        inside.enter(slot, function, before ? BEGAN_BEFORE : nowNs, knownLost);
        movements.enter(
            before ? BEGAN_BEFORE : nowNs, slot, function, task, depth, context, before, knownLost);
      } else if ((head & KIND_MASK) == LEAVE) {
        nowNs += number();
        int slot = index();
        if (!inside.has(slot)) {
          throw damaged();
        }
        slots.leave(slot);
        inside.leave(movements, slot, nowNs, head, (head & HOLD) != 0 ? number() : -1);
      } else {
        throw damaged();
      }
      if (movements.size() > BATCH) {
        consumer.take(movements);
        movements.clear();
      }
    }
    consumer.take(movements);
    return findings();
  }

  private TraceFindings findings() throws IOException {
    int possibleCpus = index();
    long spanNs = number();
    List<String> functions = new ArrayList<>();
    List<Long> unpaired = new ArrayList<>();
    for (int i = index(); i > 0; i--) {
      functions.add(text());
      unpaired.add(number());
    }
    List<String> remarks = new ArrayList<>();
    for (int i = index(); i > 0; i--) {
      remarks.add(text());
    }
    checksum.update(buffer, 0, from);
    long expected = checksum.getValue();
    long stored = 0;
    for (int i = 0; i < 4; i++) {
      stored |= (long) next() << (8 * i);
    }
    if (stored != expected) {
      throw damaged();
    }
    List<Tally> tallies = Collections.nCopies(functions.size(), Tally.of("imported calls"));
    return new TraceFindings(functions, unpaired, possibleCpus, spanNs, remarks, tallies);
  }

  private BadInputException damaged() {
    return new BadInputException(
        source
            + ": damaged before byte "
            + (passed + from)
            + "; copy the file again or import the trace again");
  }

  private String text() throws IOException {
    int length = index();
    if (length > LONGEST_TEXT) {
      throw damaged();
    }
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) next();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private int index() throws IOException {
    long number = number();
    if (number > Integer.MAX_VALUE) {
      throw damaged();
    }
    return (int) number;
  }

  private long number() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = next();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        if (value < 0) {
          throw damaged();
        }
        return value;
      }
    }
    throw damaged();
  }

  private int next() throws IOException {
    if (from == filled) {
      checksum.update(buffer, 0, filled);
      passed += filled;
      from = 0;
      filled = Math.max(0, stream.read(buffer));
      if (filled == 0) {
        throw new BadInputException(
            source
                + ": ends early after "
                + passed
                + " bytes: the file was cut off; copy it again or import the trace again");
      }
    }
    return buffer[from++] & 0xff;
  }

  /** Numbers for the calls inside, the same to whoever writes and whoever reads. */
  static final class Slots {
    private int[] free = new int[16];
    private int frees;
    private int used;

    int take() {
      return frees > 0 ? free[--frees] : used++;
    }

    void leave(int slot) {
      if (frees == free.length) {
        free = Arrays.copyOf(free, 2 * frees);
      }
      free[frees++] = slot;
    }
  }
}
