package dev.kretsim.trace;

import dev.kretsim.files.BulkInputStream;
import dev.kretsim.files.Scratch;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream that can be read more than once: what was read of it is kept, the beginning in memory
 * and what does not fit there in a temporary file, which is made only then. It is read no further
 * than a reading wants.
 */
final class Spool implements Closeable {
  private static final int PIECE = 1 << 20;
  private static final int MOST_IN_MEMORY = 64 * PIECE;

  /** So small a part of the memory there may be. */
  private static final int SHARE = 16;

  private final InputStream in;
  private final List<byte[]> pieces = new ArrayList<>();
  private final int inMemory;
  private long kept;
  private @Nullable FileChannel rest;

  Spool(InputStream in) {
    this(in, (int) Math.min(MOST_IN_MEMORY, Runtime.getRuntime().maxMemory() / SHARE));
  }

  /**
   * @param inMemory so many bytes are kept in memory, or a few less
   */
  Spool(InputStream in, int inMemory) {
    this.in = in;
    this.inMemory = inMemory / PIECE * PIECE;
  }

  /** Starts a reading from the beginning. */
  InputStream open() {
    return new Reading();
  }

  /** Whether some of it is on the disk. */
  boolean isOnDisk() {
    return rest != null;
  }

  @Override
  public void close() throws IOException {
    pieces.clear();
    if (rest != null) {
      rest.close();
    }
  }

  private void keep(byte[] bytes, int offset, int length) {
    int done = 0;
    while (done < length && kept < inMemory) {
      int within = (int) (kept % PIECE);
      if (within == 0) {
        pieces.add(new byte[PIECE]);
      }
      int fits = Math.min(length - done, PIECE - within);
      System.arraycopy(bytes, offset + done, pieces.get((int) (kept / PIECE)), within, fits);
      kept += fits;
      done += fits;
    }
    ByteBuffer more = ByteBuffer.wrap(bytes, offset + done, length - done);
    while (more.hasRemaining()) {
      kept += Scratch.write(file(), more, kept - inMemory);
    }
  }

  private FileChannel file() {
    FileChannel file = rest;
    if (file == null) {
      file = Scratch.open();
      rest = file;
    }
    return file;
  }

  private int again(byte[] bytes, int offset, int length, long position) throws IOException {
    int most = (int) Math.min(length, kept - position);
    if (position >= inMemory) {
      return file().read(ByteBuffer.wrap(bytes, offset, most), position - inMemory);
    }
    int within = (int) (position % PIECE);
    int count = Math.min(most, PIECE - within);
    System.arraycopy(pieces.get((int) (position / PIECE)), within, bytes, offset, count);
    return count;
  }

  private final class Reading extends BulkInputStream {
    private long position;

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read;
      if (position < kept) {
        read = again(bytes, offset, length, position);
      } else {
        read = in.read(bytes, offset, length);
        keep(bytes, offset, Math.max(0, read));
      }
      position += Math.max(0, read);
      return read;
    }

    @Override
    public int available() throws IOException {
      return position < kept ? 1 : in.available();
    }
  }
}
