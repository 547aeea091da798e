package dev.kretsim.scale.measure;

import dev.kretsim.files.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ties the calling thread to a CPU, by {@code taskset}: Java itself cannot. */
public final class Pinned {
  /** The link's last part is the system's number of whoever reads it. */
  private static final Path CALLER = FileName.of("/proc/thread-self");

  private static final long PATIENCE_SECONDS = 10;

  private Pinned() {}

  /**
   * Ties the calling thread to a CPU.
   *
   * @param cpu as the system counts them, from 0
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
