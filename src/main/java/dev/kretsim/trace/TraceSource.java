package dev.kretsim.trace;

import dev.kretsim.kernel.BadInputException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a trace comes from: a file, standard input ({@code -}), or a trace in the jar ({@code
 * sample:NAME}). It can be read more than once; gzip is told by its first bytes and unpacked.
 */
public final class TraceSource implements Closeable {
  private final String name;
  private final InputStream standardInput;
  private @Nullable Path spool;

  private TraceSource(String name, InputStream standardInput) {
    this.name = name;
    this.standardInput = standardInput;
  }

  /**
   * The source that an argument of the command line names.
   *
   * @param standardInput what {@code -} stands for; kept in a temporary file while it is read, so
   *     that it too can be read twice
   */
  public static TraceSource of(String argument, InputStream standardInput) {
    return new TraceSource(argument, standardInput);
  }

  /** The argument it was made from, as messages and results show it. */
  public String name() {
    return name;
  }

  /**
   * Starts reading from the beginning.
   *
   * @throws BadInputException when there is nothing to read there
   */
  InputStream open() {
    try {
      return unpacked(raw());
    } catch (IOException e) {
      throw new BadInputException(name + ": cannot be read: " + e.getMessage());
    }
  }

  private InputStream raw() throws IOException {
    if (name.equals("-")) {
      return rawStandardInput();
    }
    if (name.startsWith(Sample.PREFIX)) {
      return Sample.named(name.substring(Sample.PREFIX.length())).open();
    }
    Path path = path();
    if (Files.isDirectory(path)) {
      throw new BadInputException(name + ": is a directory; expected a trace file");
    }
    if (!Files.exists(path)) {
      throw new BadInputException(
          name + ": no such file; expected a trace file, - for standard input, or sample:NAME");
    }
    try {
      return Files.newInputStream(path);
    } catch (AccessDeniedException e) {
      throw new BadInputException(name + ": permission denied; expected a readable trace file");
    }
  }

  private Path path() {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new BadInputException(name + ": not a file name: " + e.getReason());
    }
  }

  private InputStream rawStandardInput() throws IOException {
    if (spool != null) {
      return Files.newInputStream(spool);
    }
    spool = Files.createTempFile("kretsim-", ".trace");
    return new Tee(standardInput, Files.newOutputStream(spool));
  }

  private InputStream unpacked(InputStream raw) throws IOException {
    InputStream stream = new BufferedInputStream(raw, 64 * 1024);
    stream.mark(8);
    byte[] magic = stream.readNBytes(6);
    stream.reset();
    if (startsWith(magic, 0x1f, 0x8b)) {
      try {
        return new GZIPInputStream(stream, 64 * 1024);
      } catch (IOException e) {
        throw BadInputException.at(
            name, 1, "the gzip stream ends early: the file was cut off; copy it again");
      }
    }
    if (startsWith(magic, 0xfd, '7', 'z', 'X', 'Z')) {
      throw packed("xz", "xz -dc");
    }
    if (startsWith(magic, 0x28, 0xb5, 0x2f, 0xfd)) {
      throw packed("zstd", "zstd -dc");
    }
    return stream;
  }

  private BadInputException packed(String packer, String command) {
    return new BadInputException(
        name
            + ": "
            + packer
            + " is not read yet; unpack it first: "
            + command
            + " FILE | kretsim plan -");
  }

  private static boolean startsWith(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** Forgets the kept copy of standard input, if any. */
  @Override
  public void close() {
    if (spool != null) {
      try {
        Files.deleteIfExists(spool);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Copies what is read. */
  private static final class Tee extends InputStream {
    private final InputStream in;
    private final OutputStream copy;

    Tee(InputStream in, OutputStream copy) {
      this.in = in;
      this.copy = copy;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      if (read > 0) {
        copy.write(bytes, offset, read);
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      copy.close();
    }
  }
}
