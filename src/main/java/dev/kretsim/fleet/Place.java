package dev.kretsim.fleet;

import dev.kretsim.files.FileName;
import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A folder, and what of it is meant. */
final class Place {
  /** A choice between names of which one goes over a folder's end. */
  private static final Pattern CHOICE_OF_FOLDERS = Pattern.compile("\\{[^}]*/");

  private final Path root;

  /** The pattern for whole names; null for all. */
  private final @Nullable String glob;

  private final @Nullable PathMatcher wanted;

  private Place(Path root, @Nullable String glob) {
    this.root = root;
    this.glob = glob;
    this.wanted = glob == null ? null : matcher(glob);
  }

  /** All that lies in a folder and below it and is not hidden. */
  static Place folder(Path root) {
    return new Place(root, null);
  }

  /**
   * What a pattern takes.
   *
   * @throws BadInputException if it has no wildcard, or is no pattern
   */
  static Place globbed(String given) {
    String glob = given.replaceAll("//+", "/");
    int wild = firstWildcard(glob);
    if (wild < 0) {
      throw new BadInputException(given + ": no such file or folder; expected traces of hosts");
    }
    int slash = glob.lastIndexOf('/', wild);
    Path root = slash < 0 ? Path.of("") : Path.of(slash == 0 ? "/" : glob.substring(0, slash));
    try {
      return new Place(root, glob);
    } catch (PatternSyntaxException e) {
      throw new BadInputException(given + ": not a pattern of file names: " + e.getDescription());
    }
  }

  private static int firstWildcard(String glob) {
    for (int i = 0; i < glob.length(); i++) {
      if ("*?[{".indexOf(glob.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static PathMatcher matcher(String glob) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob);
  }

  /** Whether a file of that name, without symbolic links, would be found. */
  boolean takes(Path file) {
    Path real = FleetFiles.real(root);
    return file.startsWith(real) && isMeant(root.resolve(real.relativize(file)));
  }

  private boolean isMeant(Path file) {
    return (wanted == null || wanted.matches(file)) && !isHidden(root.relativize(file));
  }

  /** Whether files that are meant may lie in that folder or below it. */
  boolean mayHold(Path folder) {
    if (isHidden(root.relativize(folder))) {
      return false;
    }
    if (glob == null || folder.equals(root) || CHOICE_OF_FOLDERS.matcher(glob).find()) {
      return true;
    }
    // The pattern's names down to that folder: behind them there must be one more.
    int end = -1;
    for (int name = folder.getNameCount() + (folder.isAbsolute() ? 1 : 0); name > 0; name--) {
      end = glob.indexOf('/', end + 1);
      if (end < 0) {
        return glob.contains("**");
      }
    }
    String above = glob.substring(0, end);
    return above.contains("**") || matcher(above).matches(folder);
  }

  /** Itself, or a folder that it is in. */
  private static boolean isHidden(Path below) {
    for (Path name : below) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Looks for what is meant. Links to folders are followed, but not back into one that they lie in.
   *
   * @param found receives files, and what cannot be read: of a folder, its own name
   * @param leftOut receives what is no file: pipes, sockets and devices
   * @throws BadInputException if the folder itself cannot be read
   */
  void walk(Consumer<Path> found, Consumer<Path> leftOut) {
    if (!Files.isDirectory(root.toAbsolutePath())) {
      return;
    }
    try {
      Path real = root.toRealPath();
      Files.walkFileTree(
          real,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new Visitor(real, found, leftOut));
    } catch (IOException e) {
      throw unreadable(root, e);
    }
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path real;
    private final Consumer<Path> found;
    private final Consumer<Path> leftOut;

    Visitor(Path real, Consumer<Path> found, Consumer<Path> leftOut) {
      this.real = real;
      this.found = found;
      this.leftOut = leftOut;
    }

    private Path named(Path file) {
      return root.resolve(real.relativize(file));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return folder.equals(real) || mayHold(named(folder))
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    /** A link that leads nowhere is meant to be a file, and cannot be read. */
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      Path named = named(file);
      if (isMeant(named)) {
        (attributes.isOther() ? leftOut : found).accept(named);
      }
      return FileVisitResult.CONTINUE;
    }

    /** A folder that may not be read stands for the hosts in it: none of them can be. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
      if (file.equals(real)) {
        throw problem;
      }
      Path named = named(file);
      boolean isLost =
          !(problem instanceof FileSystemLoopException)
              && !(problem instanceof NoSuchFileException);
      if (isLost && (Files.isDirectory(file) ? mayHold(named) : isMeant(named))) {
        found.accept(named);
      }
      return FileVisitResult.CONTINUE;
    }

    /** What else was there is not known. */
    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) {
      if (problem != null) {
        found.accept(named(folder));
      }
      return FileVisitResult.CONTINUE;
    }
  }

  private static BadInputException unreadable(Path root, IOException problem) {
    String where =
        problem instanceof FileSystemException ? ((FileSystemException) problem).getFile() : null;
    return new BadInputException(
        "%s: cannot be read: %s".formatted(where == null ? root : where, FileName.reason(problem)));
  }
}
