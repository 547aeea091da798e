package dev.kretsim.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.DoubleConsumer;

/** A stream that tells how large a share of it has been read. */
public final class Watched extends FilterInputStream {
  private final long size;
  private final DoubleConsumer share;
  private long read;

  /**
   * Watches a stream.
   *
   * @param in the stream
   * @param size its length in bytes
   * @param share receives, after each read, a number from 0 to 1
   */
  public Watched(InputStream in, long size, DoubleConsumer share) {
    super(in);
    this.size = Math.max(1, size);
    this.share = share;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    note(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    note(Math.max(0, count));
    return count;
  }

  private void note(int more) {
    read += more;
    share.accept(Math.min(1, (double) read / size));
  }
}
