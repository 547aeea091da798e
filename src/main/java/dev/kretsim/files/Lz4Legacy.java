package dev.kretsim.files;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The old frame of lz4, which kernels are packed in ({@code lz4 -l}): a magic number, then blocks,
 * each after its packed size, of at most 8 MiB of plain bytes, to the end of the stream.
 */
final class Lz4Legacy extends BulkInputStream {
  static final int MAGIC = 0x184c2102;

  private static final int MOST_PLAIN = 8 << 20;
  private static final int MOST_PACKED = MOST_PLAIN + MOST_PLAIN / 255 + 16;

  private final InputStream packed;
  private final Lz4Decompressor codec = new Lz4Decompressor();
  private byte[] block = new byte[0];
  private byte[] plain = new byte[0];
  private int at;
  private int filled;

  Lz4Legacy(InputStream packed) {
    this.packed = packed;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (at == filled) {
      if (!nextBlock()) {
        return -1;
      }
    }
    int count = Math.min(length, filled - at);
    System.arraycopy(plain, at, bytes, offset, count);
    at += count;
    return count;
  }

  private boolean nextBlock() throws IOException {
    byte[] word = packed.readNBytes(Integer.BYTES);
    if (word.length == 0) {
      return false;
    }
    if (word.length < Integer.BYTES) {
      throw new EOFException();
    }
    int size = word[0] & 0xff | (word[1] & 0xff) << 8 | (word[2] & 0xff) << 16 | word[3] << 24;
    if (size == MAGIC) {
      return true; // a further frame
    }
    if (size < 0 || size > MOST_PACKED) {
      throw new MalformedInputException(0, "a block of " + Integer.toUnsignedString(size));
    }
    if (plain.length == 0) {
      plain = new byte[MOST_PLAIN];
    }
    block = block.length < size ? new byte[size] : block;
    if (packed.readNBytes(block, 0, size) < size) {
      throw new EOFException();
    }
    at = 0;
    filled = codec.decompress(block, 0, size, plain, 0, MOST_PLAIN);
    return true;
  }

  @Override
  public void close() throws IOException {
    packed.close();
  }
}
