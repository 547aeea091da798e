package dev.kretsim.image;

import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZOutputStream;

/** Ways to wrap a kernel, as distributions and boot loaders do. */
enum Wrapping {
  GZIP,
  XZ,
  LZ4,
  ZSTD,
  BZIMAGE_GZIP,
  BZIMAGE_XZ,
  BZIMAGE_LZMA,
  BZIMAGE_LZ4,
  BZIMAGE_ZSTD,
  ZBOOT_GZIP;

  byte[] wrap(byte[] plain) throws IOException {
    String packing = name().substring(name().indexOf('_') + 1);
    byte[] packed = pack(packing, plain);
    if (name().startsWith("BZIMAGE")) {
      boolean sizeInside = packing.equals("GZIP");
      return bzImage(sizeInside ? packed : append(packed, plain.length));
    }
    return name().startsWith("ZBOOT") ? zboot(packed) : packed;
  }

  private static byte[] pack(String packing, byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    switch (packing) {
      case "GZIP" -> {
        try (OutputStream out = new GZIPOutputStream(bytes)) {
          out.write(plain);
        }
      }
      case "XZ" -> {
        try (OutputStream out = new XZOutputStream(bytes, new LZMA2Options(0))) {
          out.write(plain);
        }
      }
      case "LZMA" -> {
        try (OutputStream out = new LZMAOutputStream(bytes, new LZMA2Options(0), plain.length)) {
          out.write(plain);
        }
      }
      case "LZ4" -> {
        Lz4Compressor codec = new Lz4Compressor();
        byte[] block = new byte[codec.maxCompressedLength(plain.length)];
        int size = codec.compress(plain, 0, plain.length, block, 0, block.length);
        bytes.writeBytes(append(append(new byte[0], 0x184c2102), size));
        bytes.write(block, 0, size);
      }
      default -> {
        ZstdCompressor codec = new ZstdCompressor();
        byte[] frame = new byte[codec.maxCompressedLength(plain.length)];
        bytes.write(frame, 0, codec.compress(plain, 0, plain.length, frame, 0, frame.length));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] append(byte[] bytes, int number) {
    ByteBuffer longer = ByteBuffer.allocate(bytes.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    return longer.put(bytes).putInt(number).array();
  }

  /** What a boot loader loads, with a payload that may be anything. */
  static byte[] bzImage(byte[] payload) {
    int setup = 1024;
    int before = 300;
    ByteBuffer image = ByteBuffer.allocate(setup + before + payload.length + 77);
    image.order(ByteOrder.LITTLE_ENDIAN);
    image.put(0x1f1, (byte) 1).putInt(0x202, 0x53726448).putShort(0x206, (short) 0x20f);
    image.putInt(0x248, before).putInt(0x24c, payload.length);
    image.position(setup + before).put(payload);
    return image.array();
  }

  private static byte[] zboot(byte[] payload) {
    ByteBuffer image = ByteBuffer.allocate(0x400 + payload.length);
    image.order(ByteOrder.LITTLE_ENDIAN);
    image.putShort(0, (short) 0x5a4d).putInt(4, 0x676d697a).putInt(8, 0x400);
    image.putInt(12, payload.length).position(0x400).put(payload);
    return image.array();
  }
}
