package dev.kretsim.files;

import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are refused where they are longer than any of their kind: a device has no end. */
public final class BoundedFile {
  private BoundedFile() {}

  /**
   * Reads a file, or whatever else can be read under that name.
   *
   * @param name what messages call it
   * @param mostBytes more than that is refused
   * @throws BadInputException if it cannot be read or is longer
   */
  public static byte[] read(String name, Path file, int mostBytes) {
    try (InputStream in = open(name, file, mostBytes)) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new BadInputException(name + ": cannot be read: " + FileName.reason(unreadable));
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @throws BadInputException if it is longer
   * @throws IOException if it cannot be read
   */
  public static byte[] read(String name, InputStream in, int mostBytes) throws IOException {
    return new Bounded(name, in, mostBytes).readAllBytes();
  }

  /**
   * A file to read piece by piece; whoever reads beyond the bound gets a {@link BadInputException}.
   *
   * @throws IOException if it cannot be read
   */
  public static InputStream open(String name, Path file, int mostBytes) throws IOException {
    return new Bounded(name, Files.newInputStream(file), mostBytes);
  }

  private static final class Bounded extends Counted {
    private final String name;
    private final int mostBytes;

    Bounded(String name, InputStream in, int mostBytes) {
      super(in);
      this.name = name;
      this.mostBytes = mostBytes;
    }

    @Override
    void passed(long bytes) {
      if (bytes > mostBytes) {
        throw new BadInputException(
            "%s: at most %d MiB are read; expected a shorter file"
                .formatted(name, mostBytes >> 20));
      }
    }
  }
}
