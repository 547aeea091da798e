package dev.kretsim.scale;

import dev.kretsim.files.FileName;
import dev.kretsim.files.yaml.YamlFile;
import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Machine descriptions: those that ship, and files of the same form. */
public final class Machines {
  private static final List<String> NAMES =
      List.of(
          "xeon8260",
          "xeon8336c",
          "kunpeng920",
          "epyc7742",
          "epyc7r13",
          "graviton2",
          "laptop2",
          "server1024");

  private Machines() {}

  /** The names of those that ship. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The machine of that name, or the one that a file describes.
   *
   * @throws BadInputException if there is neither, or the file lacks a number or has a wrong one
   */
  public static Machine of(String nameOrFile) {
    try {
      if (NAMES.contains(nameOrFile)) {
        String resource = nameOrFile + ".yaml";
        try (InputStream in = Machines.class.getResourceAsStream(resource)) {
          if (in == null) {
            throw new IllegalStateException("resource is missing: " + resource);
          }
          return read(nameOrFile, in);
        }
      }
      Path file = FileName.of(nameOrFile);
      if (!Files.exists(file) || Files.isDirectory(file)) {
        throw new BadInputException(
            "--machine must be a file or one of %s: %s"
                .formatted(String.join(", ", NAMES), nameOrFile));
      }
      try (InputStream in = Files.newInputStream(file)) {
        return read(nameOrFile, in);
      }
    } catch (IOException e) {
      throw new BadInputException(
          "--machine %s: cannot be read: %s".formatted(nameOrFile, FileName.reason(e)));
    }
  }

  /** Reads a description; {@code source} is what messages call it. */
  static Machine read(String source, InputStream yaml) throws IOException {
    return YamlFile.read(source, "machine", yaml, MachineShape.called(source)).content();
  }
}
