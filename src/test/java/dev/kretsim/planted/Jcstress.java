package dev.kretsim.planted;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * The races of the jcstress jar, if the property {@code kretsim.jcstress} says where it is. The jar
 * lists which of its tests is about which planted bug: a line for each, name, tab, class.
 */
final class Jcstress {
  private static final String INDEX = "META-INF/planted-bugs";

  /** As long as the build's own run of the twins. */
  private static final String HOW_LONG =
      "-m sanity -f 1 -iters 1 -time 500 -strideSize 256 -strideCount 40 -sc false -jvmArgs -Xmx512m";

  private final @Nullable Path jar;
  private final Map<String, String> testOf;

  Jcstress(@Nullable Path jar, Map<String, String> testOf) {
    this.jar = jar;
    this.testOf = testOf;
  }

  static Jcstress asConfigured() {
    String jar = System.getProperty("kretsim.jcstress", "");
    if (jar.isEmpty()) {
      return new Jcstress(null, Map.of());
    }
    try {
      return new Jcstress(Path.of(jar).toAbsolutePath(), indexOf(new File(jar)));
    } catch (IOException unreadable) {
      throw new IllegalStateException("kretsim.jcstress: " + jar, unreadable);
    }
  }

  private static Map<String, String> indexOf(File jar) throws IOException {
    try (JarFile opened = new JarFile(jar)) {
      ZipEntry index = opened.getEntry(INDEX);
      if (index == null) {
        return Map.of();
      }
      byte[] bytes = opened.getInputStream(index).readAllBytes();
      Map<String, String> tests = new TreeMap<>();
      new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", 2))
          .forEach(nameAndClass -> tests.put(nameAndClass[0], nameAndClass[1]));
      return tests;
    }
  }

  Suspect looksAt(Suspect suspect) {
    String test = testOf.get(suspect.name());
    return test == null ? suspect : suspect.by(Evidence.JCSTRESS, () -> failureOf(test));
  }

  private Optional<String> failureOf(String test) {
    try {
      Path results = Files.createTempDirectory("jcstress");
      List<String> command =
          Stream.concat(
                  Stream.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-jar",
                      String.valueOf(jar),
                      "-r",
                      results.toString(),
                      "-t",
                      test.replace(".", "\\.").replace("$", "\\$") + "$"),
                  Stream.of(HOW_LONG.split(" ")))
              .toList();
      int code =
          new ProcessBuilder(command)
              .directory(results.toFile())
              .redirectErrorStream(true)
              .redirectOutput(results.resolve("output.txt").toFile())
              .start()
              .waitFor();
      return code == 0 ? Optional.empty() : Optional.of("exit code " + code);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
