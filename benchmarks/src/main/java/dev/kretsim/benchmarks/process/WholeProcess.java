package dev.kretsim.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that was started without input, and has ended well.
 *
 * @param ns the time from its start to its end
 * @param said what it wrote to its standard output
 * @param mostKb the most memory that it had at once; 0 where the system does not tell
 */
public record WholeProcess(double ns, String said, long mostKb) {
  private static final int LOOK_EVERY_MS = 20;

  /**
   * Runs it once.
   *
   * @throws IOException if it cannot be run or fails
   */
  public static WholeProcess run(List<String> command) throws IOException {
    Path said = Files.createTempFile("kretsim-benchmark-", ".out");
    Path complained = Files.createTempFile("kretsim-benchmark-", ".err");
    try {
      return run(command, said, complained);
    } finally {
      Files.delete(said);
      Files.delete(complained);
    }
  }

  private static WholeProcess run(List<String> command, Path said, Path complained)
      throws IOException {
    long from = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(said.toFile())
            .redirectError(complained.toFile())
            .start();
    try {
      long most = 0;
      do {
        most = Math.max(most, memory(process.pid()));
      } while (!process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS));
      long ns = System.nanoTime() - from;
      if (process.exitValue() != 0) {
        String told = Files.readString(said) + Files.readString(complained);
        throw new IOException("exit code " + process.exitValue() + ": " + told.strip());
      }
      return new WholeProcess(ns, Files.readString(said), most);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static long memory(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException ended) {
      return 0;
    }
  }
}
