package dev.kretsim.fleet;

import dev.kretsim.kernel.BadInputException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Which host a file was recorded on, as its path tells. */
public sealed interface HostNaming {
  /**
   * The host of a file.
   *
   * @throws BadInputException if its path does not tell
   */
  String of(Path file);

  /**
   * What {@code --host-by} names.
   *
   * @param text {@code name}: the file's name up to its first dot; {@code parent}: its folder's
   *     name, and of the kernel's files of single CPUs that of the folder around all of them;
   *     anything else is a regular expression, whose first group, or else all of it, is the host
   */
  static HostNaming parse(String text) {
    return switch (text) {
      case "name" -> new ByName();
      case "parent" -> new ByParent();
      default -> ByPattern.of(text);
    };
  }

  /** The file's name up to its first dot. */
  record ByName() implements HostNaming {
    @Override
    public String of(Path file) {
      String name = String.valueOf(file.getFileName());
      int dot = name.indexOf('.', 1);
      return dot < 0 ? name : name.substring(0, dot);
    }
  }

  /** The name of the folder in which it lies. */
  record ByParent() implements HostNaming {
    private static final Pattern CPU = Pattern.compile("cpu\\d+");

    @Override
    public String of(Path file) {
      Path folder = folder(file);
      return folder == null || folder.getFileName() == null ? "/" : nameOf(folder);
    }

    /**
     * The folder of a recording: {@code per_cpu/cpu3} below it has what one of its CPUs recorded.
     * Null is the root.
     */
    static @Nullable Path folder(Path file) {
      Path folder = file.toAbsolutePath().normalize().getParent();
      Path all = folder == null ? null : folder.getParent();
      return folder != null && all != null && isCpu(nameOf(folder)) && nameOf(all).equals("per_cpu")
          ? all.getParent()
          : folder;
    }

    /** Whether the kernel would name the folder of a single CPU's files so. */
    static boolean isCpu(String name) {
      return CPU.matcher(name).matches();
    }

    private static String nameOf(Path path) {
      return String.valueOf(path.getFileName());
    }
  }

  /** A path in which a pattern looks for so long and no longer: some never end. */
  final class Patience implements CharSequence {
    private static final int MOST_LOOKS = 10_000_000;

    private final String path;
    private final ByPattern pattern;
    private int looks;

    Patience(String path, ByPattern pattern) {
      this.path = path;
      this.pattern = pattern;
    }

    @Override
    public char charAt(int index) {
      if (looks++ > MOST_LOOKS) {
        throw new BadInputException(
            "--host-by %s: takes too long on %s; use a simpler expression"
                .formatted(pattern.pattern(), path));
      }
      return path.charAt(index);
    }

    @Override
    public int length() {
      return path.length();
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return path.substring(from, to);
    }

    @Override
    public String toString() {
      return path;
    }
  }

  /** What a pattern finds in its path. */
  record ByPattern(Pattern pattern) implements HostNaming {
    static ByPattern of(String text) {
      try {
        return new ByPattern(Pattern.compile(text));
      } catch (PatternSyntaxException e) {
        throw new BadInputException(
            "--host-by must be name, parent or a regular expression: %s: %s"
                .formatted(text, e.getDescription()));
      }
    }

    @Override
    public String of(Path file) {
      String host = in(file.toString());
      if (host == null) {
        throw new BadInputException(
            "--host-by %s: finds no host in the name of %s".formatted(pattern, file));
      }
      if (host.isEmpty()) {
        throw new BadInputException(
            "--host-by %s: finds an empty host in the name of %s".formatted(pattern, file));
      }
      return host;
    }

    /** What it finds there; null if nothing. */
    @Nullable String in(String path) {
      Matcher found = pattern.matcher(new Patience(path, this));
      if (!found.find()) {
        return null;
      }
      String host = found.groupCount() > 0 ? found.group(1) : found.group();
      return host == null ? found.group() : host;
    }
  }
}
