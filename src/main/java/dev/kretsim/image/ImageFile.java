package dev.kretsim.image;

import dev.kretsim.files.FileName;
import dev.kretsim.files.Scratch;
import dev.kretsim.kernel.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The bytes of an image, read at any place; it may be far larger than memory. */
final class ImageFile implements Closeable {
  /** The most that is held in memory at once of one file. */
  private static final int MOST_AT_ONCE = 96 << 20;

  /** What is unpacked is at most as long. */
  private static final long MOST_UNPACKED = 2L << 30;

  private final String name;
  private final FileChannel channel;
  private final long size;

  private ImageFile(String name, FileChannel channel) throws IOException {
    this.name = name;
    this.channel = channel;
    this.size = channel.size();
  }

  /**
   * Opens a file as it is.
   *
   * @param name a file, or {@code -}
   * @param standardInput what {@code -} means; it is copied to a temporary file
   */
  static ImageFile open(String name, InputStream standardInput) {
    if (name.equals("-")) {
      return copyOf("standard input", standardInput);
    }
    Path path = FileName.of(name);
    if (!Files.exists(path)) {
      throw new BadInputException(name + ": no such file; expected a kernel image, or -");
    }
    try {
      if (Files.isRegularFile(path)) {
        return new ImageFile(name, new FileInputStream(path.toFile()).getChannel());
      }
      if (Files.isDirectory(path)) {
        throw new BadInputException(name + ": is a directory; expected a kernel image");
      }
      try (InputStream pipe = Files.newInputStream(path)) {
        byte[] first = pipe.readNBytes(Long.BYTES);
        if (Arrays.equals(first, new byte[first.length])) {
          throw new BadInputException(name + ": begins with zeros, as no kernel image does");
        }
        return copyOf(name, new SequenceInputStream(new ByteArrayInputStream(first), pipe));
      }
    } catch (IOException problem) {
      throw new BadInputException(name + ": cannot be read: " + FileName.reason(problem));
    }
  }

  /** A copy of a stream, in a temporary file. */
  static ImageFile copyOf(String name, InputStream stream) {
    FileChannel scratch = Scratch.open();
    byte[] buffer = new byte[1 << 20];
    long at = 0;
    try {
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        ByteBuffer left = ByteBuffer.wrap(buffer, 0, count);
        while (left.hasRemaining()) {
          at += Scratch.write(scratch, left, at);
        }
        if (at > MOST_UNPACKED) {
          scratch.close();
          throw new BadInputException(
              name + ": more than 2 GiB; expected a kernel image, or the part with its text");
        }
      }
      return new ImageFile(name, scratch);
    } catch (IOException problem) {
      throw new BadInputException(name + ": " + FileName.reason(problem));
    }
  }

  String name() {
    return name;
  }

  long size() {
    return size;
  }

  /** The stream from a place on; closing it changes nothing. */
  InputStream from(long at) throws IOException {
    channel.position(at);
    return Channels.newInputStream(channel);
  }

  /**
   * Reads so many bytes.
   *
   * @throws BadInputException if the file ends before, or they are too many to hold
   */
  byte[] read(long at, long count, String what) {
    if (at < 0 || count < 0 || at > size || count > size - at) {
      throw new BadInputException(
          "%s: %s lies beyond the end of the file, which was cut off or damaged"
              .formatted(name, what));
    }
    if (count > MOST_AT_ONCE) {
      throw new BadInputException(
          "%s: %s has %d bytes, at most %d are read".formatted(name, what, count, MOST_AT_ONCE));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) count);
    try {
      while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
        // until all of it is there
      }
    } catch (IOException problem) {
      throw new BadInputException(name + ": cannot be read: " + FileName.reason(problem));
    }
    return bytes.array();
  }

  /** The same, for numbers. */
  ByteBuffer numbers(long at, long count, String what) {
    return ByteBuffer.wrap(read(at, count, what)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The first bytes, as many as there are. */
  byte[] head(int count) {
    return read(0, Math.min(count, size), "its beginning");
  }

  BadInputException problem(String what) {
    return new BadInputException(name + ": " + what);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException readOnly) {
      // nothing was written that could be lost
    }
  }
}
