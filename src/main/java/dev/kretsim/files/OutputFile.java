package dev.kretsim.files;

import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that a command is asked to write.
 *
 * <p>It appears whole or not at all: what is written goes to a temporary file in the same folder,
 * to the disk, and then to its name. Behind a symbolic link the file is replaced and the link
 * stays; an existing file keeps its permissions, a new one gets those of the umask. A pipe, a
 * device or a socket is written through to, once everything is there. A directory is refused.
 */
public final class OutputFile {
  private final Path path;
  private final boolean replace;

  private OutputFile(Path path, boolean replace) {
    this.path = path;
    this.replace = replace;
  }

  /** What is written to it. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * The file of that name, which may be replaced where it exists.
   *
   * @throws BadInputException if it can be no file's name
   */
  public static OutputFile named(String name) {
    if (name.endsWith("/")) {
      throw new BadInputException(name + ": names a directory; expected a file to write");
    }
    return new OutputFile(FileName.of(name), true);
  }

  /** The same file, which must not exist. */
  public OutputFile unlessItExists() {
    return new OutputFile(path, false);
  }

  /**
   * Says early what would only fail after the work.
   *
   * @throws BadInputException if no file can be written there
   */
  public void requireWritable() {
    OutputPlace.of(path, replace);
  }

  /** Whether that other file is this one, by whatever name; false if either is not there. */
  public boolean isSameAs(Path other) {
    try {
      return Files.exists(other) && Files.exists(path) && Files.isSameFile(path, other);
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** Whether that other output would be written to the same place. */
  public boolean isSamePlaceAs(OutputFile other) {
    OutputPlace place = OutputPlace.of(path, replace);
    return place.isFile()
        && (isSameAs(other.path) || place.target().normalize().equals(other.target()));
  }

  private Path target() {
    return OutputPlace.of(path, replace).target().normalize();
  }

  /**
   * Refuses to overwrite what is read.
   *
   * @throws BadInputException if that input is this very file, by whatever name
   */
  public void requireNot(Path input) {
    // A device or socket is no file that could be lost; a pipe would wait for itself.
    if ((Files.isRegularFile(path) || OutputPlace.isPipe(path)) && isSameAs(input)) {
      throw new BadInputException(
          path + ": is read as " + input + "; write to another file than the input");
    }
  }

  /** Begins to write it. */
  public Draft draft() {
    return new Draft(OutputPlace.of(path, replace));
  }

  /**
   * Writes it.
   *
   * @throws LimitReachedException if that fails; the file is as it was then
   * @throws BadInputException if no file can be written there
   */
  public void write(Content content) throws IOException {
    try (Draft draft = draft()) {
      try (OutputStream out = draft.begin()) {
        content.writeTo(out);
      }
      draft.commit();
    }
  }

  /** Writes a text, in UTF-8. */
  public void write(String text) throws IOException {
    write(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The name as it was given. */
  @Override
  public String toString() {
    return path.toString();
  }
}
