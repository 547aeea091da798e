package dev.kretsim.files;

import java.io.InputStream;
import java.util.function.DoubleConsumer;

/** A stream that tells how large a share of it has been read. */
public final class Watched extends Counted {
  private final long size;
  private final DoubleConsumer share;

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
  void passed(long bytes) {
    share.accept(Math.min(1, (double) bytes / size));
  }
}
