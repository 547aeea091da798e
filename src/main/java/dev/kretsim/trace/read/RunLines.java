package dev.kretsim.trace.read;

import dev.kretsim.files.BulkInputStream;
import dev.kretsim.trace.TraceSource;
import dev.kretsim.trace.pairing.LineParser;
import dev.kretsim.trace.text.LineReader;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A run of a file that is merged with others; its lines are opened when its time has come. */
final class RunLines implements Comparable<RunLines> {
  private final Run run;
  private final int number;
  private @Nullable TraceLines lines;

  RunLines(Run run, int number) {
    this.run = run;
    this.number = number;
  }

  boolean isOpen() {
    return lines != null;
  }

  /**
   * Opens it and goes to its first stamp; false if it has none.
   *
   * @param stream its bytes and what follows them; not closed
   * @param file of which it is a part
   */
  boolean open(TraceSource source, InputStream stream, TraceLines file, LineParser parser)
      throws IOException {
    LineReader opened =
        new LineReader(source.name(), new Stretch(stream, run.toByte - run.fromByte));
    opened.startAfter(run.linesBefore);
    TraceLines own = file.with(opened);
    lines = own;
    return own.next() && own.stage(parser);
  }

  TraceLines lines() {
    if (lines == null) {
      throw new IllegalStateException("not opened");
    }
    return lines;
  }

  Run run() {
    return run;
  }

  private long stampNs() {
    return lines == null ? run.firstNs : lines.stampNs();
  }

  @Override
  public int compareTo(RunLines other) {
    int byTime = Long.compare(stampNs(), other.stampNs());
    return byTime != 0 ? byTime : Integer.compare(number, other.number);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return number;
  }

  /** The first bytes of a stream. */
  private static final class Stretch extends BulkInputStream {
    private final InputStream stream;
    private long rest;

    Stretch(InputStream stream, long length) {
      this.stream = stream;
      this.rest = length;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (rest == 0) {
        return -1;
      }
      int read = stream.read(bytes, offset, (int) Math.min(length, rest));
      rest -= Math.max(0, read);
      return read;
    }
  }
}
