package dev.kretsim.benchmarks.fleet;

import dev.kretsim.benchmarks.reader.TraceText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The files of a made-up fleet: of ten hosts, three have a trace of each of three formats, and one
 * has two snapshots of {@code kprobe_profile}. Traces are of all sizes from a tenth of the largest.
 *
 * @param traces where the files are
 * @param known what is to be said of the hosts beside them
 */
public record HostFolder(Path traces, Path known) {
  public static final int HOSTS = 500;

  /** The pool that was in force on hosts that only counted. */
  static final int IN_FORCE = 6;

  private static final long SEED = 1;
  private static final List<TraceText> TEXTS =
      List.of(TraceText.FUNCTION_GRAPH, TraceText.KPROBE_EVENTS, TraceText.PERF);

  /** Writes them, to be deleted when this process ends. */
  public static HostFolder write(long bytes) throws IOException {
    Path folder = Files.createTempDirectory("kretsim-benchmark-");
    folder.toFile().deleteOnExit();
    Path traces = made(Files.createDirectory(folder.resolve("hosts")));
    Path known = made(folder.resolve("hosts.csv"));
    SplittableRandom random = new SplittableRandom(SEED);
    double[] parts = random.doubles(HOSTS, 0.1, 1).toArray();
    double sum = 0;
    for (int host = 0; host < HOSTS; host++) {
      sum += counts(host) ? 0 : parts[host];
    }
    StringBuilder rows = new StringBuilder("host,maxactive\n");
    for (int host = 0; host < HOSTS; host++) {
      String name = "host" + host;
      if (counts(host)) {
        rows.append(name).append(',').append(IN_FORCE).append('\n');
        snapshots(traces, name, random);
      } else {
        try (OutputStream out =
            new BufferedOutputStream(
                Files.newOutputStream(made(traces.resolve(name + ".trace"))))) {
          TEXTS.get(host % TEXTS.size()).write(out, Math.round(bytes * parts[host] / sum), host);
        }
      }
    }
    Files.writeString(known, rows);
    return new HostFolder(traces, known);
  }

  private static Path made(Path file) {
    file.toFile().deleteOnExit();
    return file;
  }

  private static boolean counts(int host) {
    return host % 10 == 9;
  }

  private static void snapshots(Path traces, String name, SplittableRandom random)
      throws IOException {
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    for (String function : List.of("vfs_read", "vfs_write", "do_sys_openat2")) {
      int hits = random.nextInt(1_000_000);
      row(before, function, hits, 0);
      row(after, function, hits + 10_000 + random.nextInt(1_000_000), random.nextInt(90));
    }
    Files.writeString(made(traces.resolve(name + ".before")), before);
    Files.writeString(made(traces.resolve(name + ".after")), after);
  }

  private static void row(StringBuilder text, String function, int hits, int misses) {
    text.append("  %-44s %15d %15d%n".formatted(function + "_out", hits, misses));
  }
}
