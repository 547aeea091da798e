package dev.kretsim.files;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * A stream without its packing, which is told by the first bytes. Several packed streams in a row
 * are one, as they are to gzip, xz, zstd and lz4 themselves.
 */
public final class Unpacked extends BulkInputStream {
  private static final int BUFFER = 64 * 1024;

  /** Packed data is damaged or cut off; the message says which and what to do. */
  @SuppressWarnings("serial")
  public static final class DamagedException extends IOException {
    DamagedException(String message) {
      super(message);
    }
  }

  private enum Packing {
    GZIP("\u001f\u008b") {
      @Override
      InputStream unpack(InputStream packed) throws IOException {
        return new GZIPInputStream(packed, BUFFER);
      }
    },
    XZ("\u00fd7zXZ") {
      @Override
      InputStream unpack(InputStream packed) throws IOException {
        return new XZInputStream(packed);
      }
    },
    ZSTD("\u0028\u00b5\u002f\u00fd") {
      @Override
      InputStream unpack(InputStream packed) {
        return new ZstdInputStream(packed);
      }
    },
    LZ4("\u0002\u0021\u004c\u0018") {
      @Override
      InputStream unpack(InputStream packed) {
        return new Lz4Legacy(packed);
      }
    };

    private final String magic;

    Packing(String magic) {
      this.magic = magic;
    }

    abstract InputStream unpack(InputStream packed) throws IOException;

    private boolean begins(byte[] bytes) {
      if (bytes.length < magic.length()) {
        return false;
      }
      for (int i = 0; i < magic.length(); i++) {
        if ((bytes[i] & 0xff) != magic.charAt(i)) {
          return false;
        }
      }
      return true;
    }

    private String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final InputStream packed;
  private final Packing packing;
  private @Nullable InputStream plain;

  private Unpacked(InputStream packed, Packing packing) {
    this.packed = packed;
    this.packing = packing;
  }

  /**
   * {@return the bytes of a stream, unpacked where they are packed}
   *
   * @param raw read from where it stands
   * @throws IOException if its first bytes cannot be read
   */
  public static InputStream of(InputStream raw) throws IOException {
    InputStream stream = new AvailableToTheEnd(raw);
    stream.mark(8);
    byte[] first = stream.readNBytes(6);
    stream.reset();
    for (Packing packing : Packing.values()) {
      if (packing.begins(first)) {
        return new Unpacked(stream, packing);
      }
    }
    return stream;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      if (plain == null) {
        plain = packing.unpack(packed);
      }
      return plain.read(bytes, offset, length);
    } catch (EOFException e) {
      throw endsEarly();
    } catch (IOException | MalformedInputException e) {
      if (String.valueOf(e.getMessage()).startsWith("Not enough input")) {
        throw endsEarly();
      }
      throw new DamagedException(
          "damaged " + packing.label() + " data (" + e.getMessage() + "); copy the file again");
    }
  }

  private DamagedException endsEarly() {
    return new DamagedException(
        "the " + packing.label() + " stream ends early: the file was cut off; copy it again");
  }

  @Override
  public void close() throws IOException {
    packed.close();
  }

  /**
   * Says that there are bytes available until the very end. {@link GZIPInputStream} looks for a
   * further member only then, and a pipe has often none ready between two.
   */
  private static final class AvailableToTheEnd extends FilterInputStream {
    AvailableToTheEnd(InputStream in) {
      super(new BufferedInputStream(in, BUFFER));
    }

    @Override
    public int available() throws IOException {
      int ready = in.available();
      if (ready > 0) {
        return ready;
      }
      in.mark(1);
      int next = in.read();
      in.reset();
      return next < 0 ? 0 : 1;
    }
  }
}
