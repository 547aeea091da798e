package dev.kretsim.console;

import dev.kretsim.files.FileName;
import dev.kretsim.files.LimitReachedException;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output that does not lose what it is given: where it cannot be written, the command
 * ends. A reader that has seen enough ({@code | head -1}) is no error; the rest is dropped.
 */
public final class StandardOutput extends OutputStream {
  private final OutputStream out;
  private boolean unread;

  /** Writes to that stream. */
  public StandardOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  /**
   * @throws LimitReachedException if it cannot be written
   */
  @Override
  public void write(byte[] bytes, int from, int length) {
    if (unread) {
      return;
    }
    try {
      out.write(bytes, from, length);
    } catch (IOException problem) {
      if (!FileName.isBrokenPipe(problem)) {
        throw new LimitReachedException(
            "standard output cannot be written: " + FileName.reason(problem));
      }
      unread = true;
    }
  }
}
