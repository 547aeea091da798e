package dev.kretsim.benchmarks.result;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Where it was measured.
 *
 * @param cpu the model, as the system calls it
 * @param processors how many there are for us
 */
public record Host(String cpu, int processors, String system, String jdk) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Path STAT = Path.of("/proc/stat");

  public static Host here() {
    return new Host(
        lines(CPU_INFO).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("unknown"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
  }

  /** How much of the machine was idle over so long, in {@code [0, 1]}. */
  public static double idleShare(long millis) throws InterruptedException {
    long[] before = jiffies();
    Thread.sleep(millis);
    long[] after = jiffies();
    double all = 0;
    for (int i = 0; i < after.length; i++) {
      all += after[i] - before[i];
    }
    // The fourth column is idle; the fifth waits for input and output, which disturbs nobody.
    return all == 0 ? 1 : (after[3] - before[3] + after[4] - before[4]) / all;
  }

  /** Time stolen by other guests of the host is the eighth column; guests are in the first two. */
  private static long[] jiffies() {
    String[] columns = lines(STAT).get(0).split(" +", -1);
    return Arrays.stream(columns, 1, 9).mapToLong(Long::parseLong).toArray();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
