package dev.kretsim.benchmarks.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A program that is started, and waited for. */
public final class WholeProcess {
  private WholeProcess() {}

  /**
   * Runs it once, without input.
   *
   * @return the time in ns until its output and it have ended
   * @throws IOException if it cannot be run or fails
   */
  public static double time(List<String> command) throws IOException {
    long from = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    try (InputStream said = process.getInputStream()) {
      String told = new String(said.readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      long ns = System.nanoTime() - from;
      if (process.exitValue() != 0) {
        throw new IOException("exit code " + process.exitValue() + ": " + told.strip());
      }
      return ns;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
