package dev.kretsim.fleet;

import dev.kretsim.files.FileName;
import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The files that arguments name, by their hosts. */
public final class FleetFiles {
  private FleetFiles() {}

  /**
   * Folders with all that lies in and below them and is not hidden, globs, and files.
   *
   * @return the hosts in the order of their names
   * @throws BadInputException if an argument names nothing
   */
  public static List<Host> hosts(List<String> arguments, HostNaming naming) {
    // A file that several arguments name, in whatever way, is one.
    TreeMap<Path, Path> files = new TreeMap<>();
    for (String argument : arguments) {
      List<Path> found = named(argument);
      if (found.isEmpty()) {
        throw new BadInputException(argument + ": no file is there; expected traces of hosts");
      }
      found.forEach(file -> files.putIfAbsent(file.toAbsolutePath().normalize(), file));
    }
    Map<String, List<Path>> byHost = new TreeMap<>();
    for (Path file : new TreeSet<>(files.values())) {
      byHost.computeIfAbsent(naming.of(file), host -> new ArrayList<>()).add(file);
    }
    return byHost.entrySet().stream()
        .map(host -> new Host(host.getKey(), host.getValue()))
        .toList();
  }

  /**
   * Refuses a folder to write to in which the same arguments would find more files to read.
   *
   * @param written a file that will be in that folder
   * @throws BadInputException if they would find that one, or are about to read others from there
   */
  public static void requireElsewhere(
      Path folder, String written, List<String> arguments, List<Host> hosts) {
    Path real = real(folder);
    for (String argument : arguments) {
      Place place = place(argument);
      if (place != null && place.takes(real.resolve(written))) {
        throw new BadInputException(
            "--cache %s: what is written there would be read as a trace of %s; name another folder"
                .formatted(folder, argument));
      }
    }
    for (Host host : hosts) {
      for (Path file : host.files()) {
        if (real(file).startsWith(real)) {
          throw new BadInputException(
              "--cache %s: %s is read from there; name another folder".formatted(folder, file));
        }
      }
    }
  }

  /** Without symbolic links, as far as there is something already. */
  public static Path real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    for (Path there = absolute; there != null; there = there.getParent()) {
      try {
        return there.toRealPath().resolve(there.relativize(absolute));
      } catch (IOException notThere) {
        // what is above it may be
      }
    }
    return absolute;
  }

  /**
   * A folder, and what of it is meant.
   *
   * @param wanted null for all
   */
  private record Place(Path root, @Nullable PathMatcher wanted) {
    boolean takes(Path file) {
      Path real = real(root);
      return file.startsWith(real) && isMeant(root.resolve(real.relativize(file)));
    }

    boolean isMeant(Path file) {
      return (wanted == null || wanted.matches(file)) && !isHidden(root.relativize(file));
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
  }

  /** The folder that an argument names or looks through; null if it names a file. */
  private static @Nullable Place place(String argument) {
    Path path = FileName.of(argument);
    if (Files.isDirectory(path)) {
      return new Place(path, null);
    }
    return Files.exists(path) ? null : globbed(argument);
  }

  private static List<Path> named(String argument) {
    if (argument.equals("-")) {
      throw new BadInputException(
          "-: standard input is the trace of one host: kretsim plan -; expected traces of hosts");
    }
    Place place = place(argument);
    return place == null ? List.of(Path.of(argument)) : below(place);
  }

  private static Place globbed(String glob) {
    int wild = firstWildcard(glob);
    if (wild < 0) {
      throw new BadInputException(glob + ": no such file or folder; expected traces of hosts");
    }
    int slash = glob.lastIndexOf('/', wild);
    Path root = slash < 0 ? Path.of("") : Path.of(slash == 0 ? "/" : glob.substring(0, slash));
    try {
      return new Place(root, FileSystems.getDefault().getPathMatcher("glob:" + glob));
    } catch (PatternSyntaxException e) {
      throw new BadInputException(glob + ": not a pattern of file names: " + e.getDescription());
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

  private static List<Path> below(Place place) {
    Path root = place.root();
    if (!Files.isDirectory(root.toAbsolutePath())) {
      return List.of();
    }
    try {
      // The folder itself may be a symbolic link; those below it are not followed.
      Path real = root.toRealPath();
      List<Path> found = new ArrayList<>();
      Files.walkFileTree(
          real,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              take(file, Files.isRegularFile(file));
              return FileVisitResult.CONTINUE;
            }

            /** A folder that may not be read stands for the hosts in it: none of them can be. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem)
                throws IOException {
              if (file.equals(real)) {
                throw problem;
              }
              take(file, Files.exists(file));
              return FileVisitResult.CONTINUE;
            }

            private void take(Path file, boolean readable) {
              Path named = root.resolve(real.relativize(file));
              if (readable && place.isMeant(named)) {
                found.add(named);
              }
            }
          });
      return found;
    } catch (IOException e) {
      throw unreadable(root, e);
    }
  }

  private static BadInputException unreadable(Path root, IOException problem) {
    String where =
        problem instanceof FileSystemException ? ((FileSystemException) problem).getFile() : null;
    return new BadInputException(
        "%s: cannot be read: %s".formatted(where == null ? root : where, FileName.reason(problem)));
  }
}
