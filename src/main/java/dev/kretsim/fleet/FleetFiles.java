package dev.kretsim.fleet;

import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files that arguments name, by their hosts. */
public final class FleetFiles {
  private FleetFiles() {}

  /**
   * Folders with all that lies in and below them, globs, and files.
   *
   * @return the hosts in the order of their names
   * @throws BadInputException if an argument names nothing
   */
  public static List<Host> hosts(List<String> arguments, HostNaming naming) {
    TreeSet<Path> files = new TreeSet<>();
    for (String argument : arguments) {
      List<Path> found = named(argument);
      if (found.isEmpty()) {
        throw new BadInputException(argument + ": no file is there; expected traces of hosts");
      }
      files.addAll(found);
    }
    Map<String, List<Path>> byHost = new TreeMap<>();
    for (Path file : files) {
      byHost.computeIfAbsent(naming.of(file), host -> new ArrayList<>()).add(file);
    }
    return byHost.entrySet().stream()
        .map(host -> new Host(host.getKey(), host.getValue()))
        .toList();
  }

  private static List<Path> named(String argument) {
    try {
      Path path = Path.of(argument);
      if (Files.isDirectory(path)) {
        return below(path, null);
      }
      if (Files.exists(path)) {
        return List.of(path);
      }
    } catch (InvalidPathException notAPath) {
      throw new BadInputException(argument + ": not a file name: " + notAPath.getReason());
    }
    return globbed(argument);
  }

  private static List<Path> globbed(String glob) {
    int wild = firstWildcard(glob);
    if (wild < 0) {
      throw new BadInputException(glob + ": no such file or folder; expected traces of hosts");
    }
    int slash = glob.lastIndexOf('/', wild);
    Path root = slash < 0 ? Path.of("") : Path.of(slash == 0 ? "/" : glob.substring(0, slash));
    try {
      return Files.isDirectory(root.toAbsolutePath())
          ? below(root, FileSystems.getDefault().getPathMatcher("glob:" + glob))
          : List.of();
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

  private static List<Path> below(Path root, @Nullable PathMatcher wanted) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> wanted == null || wanted.matches(file))
          .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new BadInputException(root + ": cannot be read: " + e.getMessage());
    }
  }
}
