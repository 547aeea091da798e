package dev.kretsim.planted;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The races of the jcstress jar, if the property {@code kretsim.jcstress} says where it is. The jar
 * knows which of its tests are about which planted bug.
 */
public final class Jcstress {
  /**
   * How the tests are run: what ships, and twins, since what was too short to catch a twin proves
   * nothing. A sanity run alone makes a hundred tries of each; the rarest twins to be caught show
   * about once in 50 000. Short strides keep the two actors close: of 256 tests they drift apart,
   * and several twins escaped.
   *
   * <p>Most tries are made while jcstress looks how many states it may have at once, up to a
   * quarter of {@code -hs}. Machines with probes are large and slow to make: with the 256 MB that
   * are usual they took two thirds of the time. Twins among pools and locks are caught as often
   * with 48 MB, in two thirds of the time; the rarest of probes two times for three, in half of it.
   */
  public static final List<String> HOW_LONG =
      List.of(
          "-m",
          "sanity",
          "-iters",
          "1",
          "-time",
          "300",
          "-strideSize",
          "16",
          "-strideCount",
          "640",
          "-sc",
          "false",
          "-hs",
          "48",
          "-jvmArgs",
          "-Xmx512m");

  private static final String INDEX = "dev.kretsim.stress.twins.TwinsIndex";

  private final Path jar;
  private final Map<String, List<String>> tests;

  Jcstress(Path jar, Map<String, List<String>> tests) {
    this.jar = jar;
    this.tests = tests;
  }

  static Jcstress asConfigured() {
    Path jar = Path.of(System.getProperty("kretsim.jcstress", "")).toAbsolutePath();
    return new Jcstress(jar, Files.isRegularFile(jar) ? indexOf(jar) : Map.of());
  }

  @SuppressWarnings("unchecked") // what that method returns
  private static Map<String, List<String>> indexOf(Path jar) {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
      return (Map<String, List<String>>)
          loader.loadClass(INDEX).getMethod("testsByPlantedBug").invoke(null);
    } catch (IOException | ReflectiveOperationException unreadable) {
      throw new IllegalStateException("no jar of our races: " + jar, unreadable);
    }
  }

  Suspect looksAt(Suspect suspect) {
    List<String> about = tests.get(suspect.name());
    return about == null ? suspect : suspect.by(Evidence.JCSTRESS, () -> failureOf(about));
  }

  private Optional<String> failureOf(List<String> about) {
    try {
      Path results = Files.createTempDirectory("jcstress");
      List<String> command =
          Stream.concat(
                  Stream.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-jar",
                      jar.toString(),
                      "-r",
                      results.toString(),
                      "-t",
                      "(" + String.join("|", about) + ")$"),
                  HOW_LONG.stream())
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
