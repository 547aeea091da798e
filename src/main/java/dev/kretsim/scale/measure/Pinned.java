package dev.kretsim.scale.measure;

import dev.kretsim.files.FileName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Ties the calling thread to a CPU, by {@code taskset}: Java itself cannot. */
public final class Pinned {
  /** The link's last part is the system's number of whoever reads it. */
  private static final Path CALLER = FileName.of("/proc/thread-self");

  private static final Path PROCESS = FileName.of("/proc/self/status");
  private static final String ALLOWED = "Cpus_allowed_list:";
  private static final long PATIENCE_SECONDS = 10;

  private Pinned() {}

  /**
   * The CPUs that this process may run on, as the system counts them; no more than it may use at
   * once. In a container, or under {@code taskset}, they need not begin at 0.
   */
  public static List<Integer> cpus() {
    int many = Runtime.getRuntime().availableProcessors();
    try (Stream<String> lines = Files.lines(PROCESS)) {
      List<Integer> allowed =
          lines
              .filter(line -> line.startsWith(ALLOWED))
              .flatMap(line -> Arrays.stream(line.substring(ALLOWED.length()).strip().split(",")))
              .flatMapToInt(Pinned::range)
              .boxed()
              .limit(many)
              .toList();
      if (allowed.size() == many) {
        return allowed;
      }
    } catch (IOException | UncheckedIOException | NumberFormatException notTold) {
      // A system that does not say it counts them from 0.
    }
    return IntStream.range(0, many).boxed().toList();
  }

  private static IntStream range(String text) {
    int dash = text.indexOf('-');
    return dash < 0
        ? IntStream.of(Integer.parseInt(text))
        : IntStream.rangeClosed(
            Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
  }

  /**
   * Ties the calling thread to a CPU.
   *
   * @param cpu as the system counts them: one of {@link #cpus}
   * @return whether it worked; if not, the thread runs where the system puts it
   */
  public static boolean to(int cpu) {
    try {
      String task = String.valueOf(Files.readSymbolicLink(CALLER).getFileName());
      Process taskset =
          new ProcessBuilder(List.of("taskset", "-cp", String.valueOf(cpu), task))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return taskset.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && taskset.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
