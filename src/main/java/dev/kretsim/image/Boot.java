package dev.kretsim.image;

import dev.kretsim.files.Unpacked;
import dev.kretsim.kernel.BadInputException;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tukaani.xz.LZMAInputStream;

/**
 * Takes the kernel out of what a boot loader loads: a bzImage of x86, an EFI application with a
 * packed image in it, a packed file.
 *
 * <p><b>Source.</b> The boot protocol of x86, {@code Documentation/arch/x86/boot.rst}.
 */
final class Boot {
  /** A file in a file in a file: more layers than any kernel has. */
  private static final int MOST_LAYERS = 4;

  private static final int MOST_PAYLOAD = 64 << 20;
  private static final int MOST_KERNEL = 160 << 20;

  /** The exponent above 10 in the upper five bits. */
  private static final byte WINDOW_OF_8_MIB = 13 << 3;

  private Boot() {}

  /** The innermost file; those around it are closed. */
  static ImageFile innermost(ImageFile outer) {
    ImageFile file = outer;
    for (int layer = 0; layer < MOST_LAYERS; layer++) {
      ImageFile inner = inside(file);
      if (inner == file) {
        return file;
      }
      file.close();
      file = inner;
    }
    throw outer.problem("packed more than " + MOST_LAYERS + " times; expected a kernel image");
  }

  private static ImageFile inside(ImageFile file) {
    ByteBuffer head = ByteBuffer.wrap(Arrays.copyOf(file.head(0x264), 0x264));
    head.order(ByteOrder.LITTLE_ENDIAN);
    if (head.getInt(0x202) == 0x53726448) { // HdrS
      return bzImage(file, head);
    }
    if (head.getShort(0) == 0x5a4d && head.getInt(4) == 0x676d697a) { // MZ, zimg
      return payload(
          file, Integer.toUnsignedLong(head.getInt(8)), Integer.toUnsignedLong(head.getInt(12)));
    }
    try {
      InputStream plain = Unpacked.of(file.from(0));
      return plain instanceof Unpacked ? ImageFile.copyOf(file.name(), plain) : file;
    } catch (IOException unreadable) {
      throw file.problem("cannot be read: " + unreadable.getMessage());
    }
  }

  private static ImageFile bzImage(ImageFile file, ByteBuffer head) {
    int version = Short.toUnsignedInt(head.getShort(0x206));
    if (version < 0x208) {
      throw file.problem(
          "a bzImage older than its payload's place; expected Linux 2.6.26 or later");
    }
    int sectors = Byte.toUnsignedInt(head.get(0x1f1));
    long setup = (sectors == 0 ? 5 : sectors + 1) * 512L;
    long at = setup + Integer.toUnsignedLong(head.getInt(0x248));
    return payload(file, at, Integer.toUnsignedLong(head.getInt(0x24c)));
  }

  /** What is packed there; behind it stands how long it is unpacked, in four bytes. */
  private static ImageFile payload(ImageFile file, long at, long count) {
    if (count > MOST_PAYLOAD || count < 2 * Integer.BYTES) {
      throw file.problem("its payload has " + count + " bytes; expected a bzImage");
    }
    byte[] packed = file.read(at, count, "its payload");
    if ((packed[0] & 0xff) == 0x28 && (packed[1] & 0xff) == 0xb5) {
      return zstd(file, packed);
    }
    boolean gzip = packed[0] == 0x1f; // has its size inside
    int length = packed.length - (gzip ? 0 : Integer.BYTES);
    try {
      InputStream whole = new ByteArrayInputStream(packed, 0, length);
      if (packed[0] == 0x5d && packed[1] == 0 && packed[2] == 0) {
        return ImageFile.copyOf(file.name(), new LZMAInputStream(whole, MOST_KERNEL >> 10));
      }
      InputStream plain = Unpacked.of(whole);
      if (plain instanceof Unpacked) {
        return ImageFile.copyOf(file.name(), plain);
      }
    } catch (IOException unreadable) {
      throw file.problem("its payload cannot be read: " + unreadable.getMessage());
    }
    throw file.problem(
        "its payload is packed %s, not with gzip, xz, lzma, zstd or lz4; unpack it (scripts/extract-vmlinux of the kernel does) and give the vmlinux"
            .formatted(otherPacking(packed)));
  }

  private static String otherPacking(byte[] packed) {
    String first = new String(packed, 0, 4, StandardCharsets.ISO_8859_1);
    return first.startsWith("BZh")
        ? "with bzip2"
        : first.equals("\u0089LZO") ? "with lzo" : "in a way that is not known here";
  }

  /**
   * All at once: kernels are packed with a window that is larger than streams may have. The decoder
   * needs none, as it has all of its output at hand, but refuses a frame that announces one beyond
   * 8 MiB: it is told of 8 MiB. The frame's checksum shows that nothing else has changed.
   */
  private static ImageFile zstd(ImageFile file, byte[] packed) {
    int length = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).getInt(packed.length - 4);
    if (length <= 0 || length > MOST_KERNEL) {
      throw file.problem("its payload says that it has " + length + " bytes unpacked");
    }
    boolean announcesWindow = (packed[4] & 0x20) == 0;
    if (announcesWindow && (packed[5] & 0xff) > WINDOW_OF_8_MIB) {
      packed[5] = WINDOW_OF_8_MIB;
    }
    byte[] plain = new byte[length];
    try {
      int count =
          new ZstdDecompressor()
              .decompress(packed, 0, packed.length - Integer.BYTES, plain, 0, length);
      return ImageFile.copyOf(file.name(), new ByteArrayInputStream(plain, 0, count));
    } catch (MalformedInputException damaged) {
      throw new BadInputException(
          file.name() + ": damaged zstd data (" + damaged.getMessage() + "); copy the file again");
    }
  }
}
