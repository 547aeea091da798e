package dev.kretsim.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that knows how much of it has been read. */
abstract class Counted extends FilterInputStream {
  private long passed;

  Counted(InputStream in) {
    super(in);
  }

  /** After each read: so many bytes have been read in all. */
  abstract void passed(long bytes);

  @Override
  public int read() throws IOException {
    int next = in.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = in.read(into, offset, length);
    count(Math.max(0, read));
    return read;
  }

  private void count(int more) {
    passed += more;
    passed(passed);
  }
}
