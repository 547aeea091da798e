package dev.kretsim.files;

import dev.kretsim.kernel.BadInputException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an output goes in the end: a file, behind whatever symbolic links, or something to write
 * through to, such as a pipe.
 *
 * @param name as it was given, for messages
 * @param target the file itself
 * @param mode of a file that is there already; null if there is none, or it is no file
 * @param replace whether a file that is there may be replaced
 */
record OutputPlace(
    String name, Path target, boolean isFile, @Nullable Integer mode, boolean replace) {
  private static final int MOST_LINKS = 40;
  private static final int PERMISSIONS = 07777;
  private static final int TYPE = 0170000;
  private static final int SOCKET = 0140000;
  private static final int PIPE = 0010000;
  private static final String STANDARD_INPUT = "0";
  private static final Pattern STANDARD_OUTPUT = Pattern.compile("/proc/(self|[0-9]+)/fd/1");
  private static final Pattern STANDARD_ERROR = Pattern.compile("/proc/(self|[0-9]+)/fd/2");

  /**
   * Looks what is there.
   *
   * @throws BadInputException if no output can go there
   */
  static OutputPlace of(Path given, boolean replace) {
    String name = given.toString();
    try {
      Path target = behindLinks(name, given.toAbsolutePath());
      if (isDescriptor(target) && target.endsWith(STANDARD_INPUT)) {
        throw new BadInputException(name + ": is the standard input; expected a file to write");
      }
      BasicFileAttributes found;
      try {
        found = Files.readAttributes(target, BasicFileAttributes.class);
      } catch (NoSuchFileException nothingThere) {
        requireFolder(name, target);
        return new OutputPlace(name, target, true, null, replace);
      }
      if (found.isDirectory()) {
        throw new BadInputException(name + ": is a directory; expected a file to write");
      }
      if (!replace && found.isRegularFile() && !isDescriptor(target)) {
        throw existsAlready(name);
      }
      if (!Files.isWritable(target)) {
        throw new BadInputException(name + ": permission denied; expected a file to write");
      }
      if (!found.isRegularFile() || isDescriptor(target)) {
        return new OutputPlace(name, target, false, null, replace);
      }
      requireFolder(name, target);
      int mode = (Integer) Files.getAttribute(target, "unix:mode") & PERMISSIONS;
      return new OutputPlace(name, target, true, mode, replace);
    } catch (IOException problem) {
      throw new BadInputException(
          name + ": " + FileName.reason(problem) + "; expected a file to write");
    }
  }

  private static Path behindLinks(String name, Path given) throws IOException {
    Path at = given;
    for (int links = 0; links < MOST_LINKS; links++) {
      if (!Files.isSymbolicLink(at) || isDescriptor(at)) {
        return at;
      }
      at = at.resolveSibling(Files.readSymbolicLink(at));
    }
    throw new BadInputException(name + ": too many symbolic links; expected a file to write");
  }

  /** What stands below /proc looks like a link and is none: it is the open file itself. */
  private static boolean isDescriptor(Path at) throws IOException {
    Path folder = at.getParent();
    return folder != null && Files.exists(folder) && folder.toRealPath().startsWith("/proc");
  }

  static boolean isPipe(Path path) {
    try {
      return ((Integer) Files.getAttribute(path, "unix:mode") & TYPE) == PIPE;
    } catch (IOException | UnsupportedOperationException noPipe) { // there, or on this system
      return false;
    }
  }

  private static void requireFolder(String name, Path target) {
    Path folder = folderOf(target);
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(name + ": there is no directory " + folder);
    }
    if (!Files.isWritable(folder)) {
      throw new BadInputException(
          name + ": permission denied; expected a file in a folder that can be written to");
    }
  }

  private static Path folderOf(Path target) {
    Path folder = target.getParent();
    return folder == null ? target : folder;
  }

  /** A file of its own beside the target, as visible to others as the target is. */
  Temporaries.Temporary temporary() throws IOException {
    Integer permissions = mode;
    Temporaries.Temporary made = Temporaries.create(folderOf(target), permissions != null);
    if (permissions != null) {
      Files.setAttribute(made.path(), "unix:mode", permissions);
    }
    return made;
  }

  /** Gives a whole file this place's name. */
  void take(Path whole) throws IOException {
    if (replace) {
      Temporaries.replace(whole, target);
    } else {
      Temporaries.claim(whole, target);
    }
    try (FileChannel folder = FileChannel.open(folderOf(target), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException notHere) {
      // not every file system can; the file is whole in any case
    }
  }

  /** Opens what is written through to. */
  OutputStream open() throws IOException {
    String path = target.toString();
    if (STANDARD_OUTPUT.matcher(path).matches()) {
      return staysOpen(FileDescriptor.out);
    }
    if (STANDARD_ERROR.matcher(path).matches()) {
      return staysOpen(FileDescriptor.err);
    }
    if (((Integer) Files.getAttribute(target, "unix:mode") & TYPE) == SOCKET) {
      return Channels.newOutputStream(SocketChannel.open(UnixDomainSocketAddress.of(target)));
    }
    return Files.isRegularFile(target)
        ? Files.newOutputStream(target, StandardOpenOption.APPEND)
        : Files.newOutputStream(target, StandardOpenOption.WRITE);
  }

  /** What else the command prints goes there too. */
  private static OutputStream staysOpen(FileDescriptor descriptor) {
    return new FilterOutputStream(new FileOutputStream(descriptor)) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  BadInputException existsAlready() {
    return existsAlready(name);
  }

  private static BadInputException existsAlready(String name) {
    return new BadInputException(name + ": exists already; name another file or add --force");
  }

  RuntimeException failed(IOException problem) {
    String message = name + ": cannot be written: " + FileName.reason(problem);
    return problem instanceof AccessDeniedException
        ? new BadInputException(message)
        : new LimitReachedException(message + "; nothing was left there");
  }
}
