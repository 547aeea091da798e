package dev.kretsim.scale;

import dev.kretsim.files.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Ties the calling thread to a CPU, by {@code taskset}: Java itself cannot. */
final class Pinned {
  private static final Path TASKS = FileName.of("/proc/self/task");
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final long PATIENCE_SECONDS = 10;

  private Pinned() {}

  /** Whether it worked; if not, the thread runs where the system puts it. */
  static boolean to(int cpu) {
    Thread.currentThread().setName("pin" + NAMES.incrementAndGet());
    try {
      String task = task(Thread.currentThread().getName());
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

  /** The system's number of the thread that has this name. */
  private static String task(String name) throws IOException {
    try (Stream<Path> tasks = Files.list(TASKS)) {
      for (Path task : tasks.toList()) {
        if (Files.readString(task.resolve("comm")).strip().equals(name)) {
          return task.getFileName().toString();
        }
      }
    }
    throw new IOException("no thread has the name " + name);
  }
}
