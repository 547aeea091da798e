package dev.kretsim.trace;

import dev.kretsim.files.BulkInputStream;
import dev.kretsim.files.Scratch;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A stream that can be read more than once: what was read of it is kept in a temporary file. It is
 * read no further than a reading wants.
 */
final class Spool implements Closeable {
  private final InputStream in;
  private final FileChannel copy;
  private long copied;

  Spool(InputStream in) {
    this.in = in;
    this.copy = Scratch.open();
  }

  /** Starts a reading from the beginning. */
  InputStream open() {
    return new Reading();
  }

  @Override
  public void close() throws IOException {
    copy.close();
  }

  private final class Reading extends BulkInputStream {
    private long position;

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = position < copied ? again(bytes, offset, length) : first(bytes, offset, length);
      position += Math.max(0, read);
      return read;
    }

    private int again(byte[] bytes, int offset, int length) throws IOException {
      int most = (int) Math.min(length, copied - position);
      return copy.read(ByteBuffer.wrap(bytes, offset, most), position);
    }

    private int first(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      ByteBuffer fresh = ByteBuffer.wrap(bytes, offset, Math.max(0, read));
      while (fresh.hasRemaining()) {
        copied += Scratch.write(copy, fresh, copied);
      }
      return read;
    }

    @Override
    public int available() throws IOException {
      return position < copied ? 1 : in.available();
    }
  }
}
