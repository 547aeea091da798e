package dev.kretsim.tracefs.fetch;

import dev.kretsim.probe.Errno;
import org.jspecify.annotations.Nullable;

/** A line for {@code kprobe_events} is refused: what the writer's {@code write} fails with. */
public final class RefusedLineException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Errno errno;
  private final @Nullable TraceError error;
  private final int word;
  private final int offset;

  private RefusedLineException(Errno errno, @Nullable TraceError error, int word, int offset) {
    super(error == null ? errno.name() : errno + " " + error);
    this.errno = errno;
    this.error = error;
    this.word = word;
    this.offset = offset;
  }

  /** A refusal that {@code error_log} tells of, at {@code offset} characters into a word. */
  public static RefusedLineException at(int word, int offset, TraceError error, Errno errno) {
    return new RefusedLineException(errno, error, word, offset);
  }

  /** A refusal that shows as an error number alone. */
  public static RefusedLineException silently(Errno errno) {
    return new RefusedLineException(errno, null, 0, 0);
  }

  public Errno errno() {
    return errno;
  }

  /** Null if nothing is logged. */
  public @Nullable TraceError error() {
    return error;
  }

  /** The word that the caret points into, counted from 0; one behind the last is possible. */
  public int word() {
    return word;
  }

  /** Characters from that word's start to the caret. */
  public int offset() {
    return offset;
  }
}
