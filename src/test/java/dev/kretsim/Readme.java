package dev.kretsim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The README, to be compared with what there is. */
public final class Readme {
  private Readme() {}

  /** The folder that it lies in. */
  public static Path top() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  public static String text() throws IOException {
    return Files.readString(top().resolve("README.md"));
  }

  /** A page of the documentation. */
  public static String page(String name) throws IOException {
    return Files.readString(top().resolve("src/site/markdown").resolve(name));
  }
}
