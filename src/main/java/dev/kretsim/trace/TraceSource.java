package dev.kretsim.trace;

import dev.kretsim.files.FileName;
import dev.kretsim.files.Unpacked;
import dev.kretsim.files.Watched;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.paste.PastedText;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a trace comes from: a file, a pipe, standard input ({@code -}), a trace in the jar ({@code
 * sample:NAME}), or several of these together. It can be read more than once; gzip, xz and zstd are
 * told by their first bytes and unpacked.
 */
public final class TraceSource implements Closeable {
  private static final int FILES_NAMED = 5;

  private final String name;
  private final InputStream standardInput;
  private final List<TraceSource> parts;
  private final @Nullable Opener opener;
  private final LeftOut leftOut = new LeftOut();
  private final PastedText.Beginning beginning = new PastedText.Beginning();
  private @Nullable Spool spool;
  private @Nullable DoubleConsumer progress;

  /** What starts reading something that is not a file of this machine, as often as is asked. */
  public interface Opener {
    /**
     * {@return all bytes from the beginning; the caller closes them}
     *
     * @throws IOException when there is nothing to read there; the trace counts as unreadable
     */
    InputStream open() throws IOException;
  }

  private TraceSource(String name, InputStream standardInput, List<TraceSource> parts) {
    this(name, standardInput, parts, null);
  }

  private TraceSource(
      String name, InputStream standardInput, List<TraceSource> parts, @Nullable Opener opener) {
    this.opener = opener;
    this.name = name;
    this.standardInput = standardInput;
    this.parts = parts;
  }

  /**
   * {@return the source that an argument of the command line names}
   *
   * @param argument a file, {@code -} or {@code sample:NAME}
   * @param standardInput what {@code -} stands for; kept in a temporary file while it is read, so
   *     that it too can be read twice
   */
  public static TraceSource of(String argument, InputStream standardInput) {
    return new TraceSource(argument, standardInput, List.of());
  }

  /**
   * {@return the source that several arguments name together}
   *
   * @param arguments each as in {@link #of(String, InputStream)}
   * @param standardInput what {@code -} stands for
   * @throws BadInputException when there is none, or one twice
   */
  public static TraceSource of(List<String> arguments, InputStream standardInput) {
    if (arguments.isEmpty()) {
      throw new BadInputException(
          "a FILE is missing; expected a trace, - for standard input, or sample:NAME");
    }
    Map<Object, String> given = new HashMap<>();
    for (String argument : arguments) {
      String earlier = given.put(identity(argument), argument);
      if (earlier != null) {
        throw new BadInputException(
            argument.equals(earlier)
                ? argument + ": is given twice; expected different files"
                : argument + ": is the same file as " + earlier + "; expected different files");
      }
    }
    if (arguments.size() == 1) {
      return of(arguments.get(0), standardInput);
    }
    return together(
        arguments.stream()
            .map(argument -> of(argument, standardInput))
            .collect(Collectors.toUnmodifiableList()));
  }

  /**
   * {@return a source that lies elsewhere}
   *
   * @param name what messages call it
   * @param opener starts reading it
   */
  public static TraceSource of(String name, Opener opener) {
    return new TraceSource(name, InputStream.nullInputStream(), List.of(), opener);
  }

  /**
   * {@return several single sources as one}
   *
   * @param parts at least one; closed with it
   */
  public static TraceSource together(List<TraceSource> parts) {
    return parts.size() == 1
        ? parts.get(0)
        : new TraceSource(
            parts.stream().map(TraceSource::name).collect(Collectors.joining(" ")),
            InputStream.nullInputStream(),
            List.copyOf(parts));
  }

  /** A file is the same by whatever name. */
  private static Object identity(String argument) {
    try {
      BasicFileAttributes file =
          Files.readAttributes(FileName.of(argument), BasicFileAttributes.class);
      return file.isRegularFile() && file.fileKey() != null ? file.fileKey() : argument;
    } catch (IOException | BadInputException notAFile) {
      return argument;
    }
  }

  /** {@return the argument or arguments it was made from, as messages and results show it} */
  public String name() {
    return name;
  }

  /**
   * Has somebody told, again and again, how large a share of the source has been read; what comes
   * from standard input has no known size, and nothing is told of it. Files that are read together
   * are told of one after the other.
   *
   * @param share is told a number from 0 to 1, on the thread that reads
   */
  public void onProgress(DoubleConsumer share) {
    progress = share;
    for (TraceSource part : parts) {
      part.onProgress(share);
    }
  }

  /** {@return the single sources of which it consists, in order} */
  public List<TraceSource> parts() {
    return parts.isEmpty() ? List.of(this) : parts;
  }

  /**
   * Starts reading a single source from the beginning, as text without what pasting made of it; see
   * {@link #leftOut}.
   *
   * @return its bytes, unpacked where they are packed; the caller closes them
   * @throws BadInputException when there is nothing to read there
   */
  public InputStream open() {
    leftOut.forget();
    return PastedText.of(unpacked(), beginning, leftOut::addLine);
  }

  /**
   * Reads the first bytes of a single source as they are, but for their packing: without what
   * {@link #open} has to see before it can tell what pasting did.
   *
   * @param count how many at most
   * @return fewer where the source has fewer
   * @throws IOException when what is there cannot be read
   * @throws BadInputException when there is nothing to read there
   */
  public byte[] firstBytes(int count) throws IOException {
    try (InputStream bytes = unpacked()) {
      return bytes.readNBytes(count);
    }
  }

  private InputStream unpacked() {
    try {
      return Unpacked.of(raw());
    } catch (IOException e) {
      throw new BadInputException(name + ": cannot be read: " + FileName.reason(e));
    }
  }

  private InputStream raw() throws IOException {
    if (opener != null) {
      return opener.open();
    }
    if (name.equals("-")) {
      if (spool == null) {
        spool = new Spool(standardInput);
      }
      return spool.open();
    }
    if (name.startsWith(Sample.PREFIX)) {
      return Sample.named(name.substring(Sample.PREFIX.length())).open();
    }
    Path path = FileName.of(name);
    if (Files.isDirectory(path)) {
      throw new BadInputException(
          Files.exists(path.resolve("metadata"))
              ? name + ": a CTF trace, as LTTng writes, is not read; expected a trace as text"
              : name + ": is a directory; expected a trace file" + filesIn(path));
    }
    if (!Files.exists(path)) {
      throw new BadInputException(
          name
              + ": no such file; expected a trace file, - for standard input, or sample:NAME"
              + Sample.hint(name));
    }
    try {
      if (!Files.isRegularFile(path)) {
        return spooled(path);
      }
      // Not one of Files: that takes two dozen classes more, which Java has not laid ready.
      InputStream file = new FileInputStream(path.toFile());
      return progress == null ? file : new Watched(file, Files.size(path), progress);
    } catch (FileNotFoundException e) {
      if (Files.isReadable(path)) {
        throw e;
      }
      throw new BadInputException(name + ": permission denied; expected a readable trace file");
    }
  }

  /** A pipe gives what it has once: it is kept like standard input. */
  private InputStream spooled(Path pipe) throws IOException {
    if (spool == null) {
      // Not a channel: that would ask a pipe for its position.
      spool = new Spool(new FileInputStream(pipe.toFile()));
    }
    return spool.open();
  }

  /** Such as {@code : a.txt, b.txt, ...}. */
  private static String filesIn(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      List<String> names =
          all.filter(Files::isRegularFile)
              .map(file -> String.valueOf(file.getFileName()))
              .filter(file -> !file.startsWith("."))
              .sorted()
              .limit(FILES_NAMED + 1)
              .toList();
      return names.isEmpty()
          ? ""
          : ", such as "
              + String.join(", ", names.subList(0, Math.min(FILES_NAMED, names.size())))
              + (names.size() > FILES_NAMED ? ", ..." : "");
    } catch (AccessDeniedException e) {
      return "";
    }
  }

  /**
   * {@return the lines that pasting put into any of the single sources, as far as they were read}
   */
  public LeftOut leftOutOfAll() {
    LeftOut all = new LeftOut();
    for (TraceSource part : parts()) {
      all.addAll(part.leftOut());
    }
    return all;
  }

  /** {@return the lines of a single source that pasting put there, as far as it was read} */
  public LeftOut leftOut() {
    return leftOut;
  }

  /** {@return what was left out of the single sources, as far as they were read, a line each} */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    for (TraceSource part : parts()) {
      for (Map.Entry<String, Long> left : part.leftOut.lines().entrySet()) {
        remarks.add(
            "%s:%d: warning: left out as no part of the trace: %s (%d lines)"
                .formatted(
                    part.name,
                    part.leftOut.firstLine(left.getKey()),
                    left.getKey(),
                    left.getValue()));
      }
    }
    return remarks;
  }

  /** Forgets the kept copy of standard input, if any. */
  @Override
  public void close() {
    for (TraceSource part : parts) {
      part.close();
    }
    if (spool != null) {
      try {
        spool.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
