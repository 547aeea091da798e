package dev.kretsim.benchmarks.reader;

import dev.kretsim.benchmarks.process.WholeProcess;
import dev.kretsim.benchmarks.result.Score;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Times whole processes that go through a trace file, from their start to their end. The files are
 * written when they are first wanted and deleted at the end; so they are in the page cache, if that
 * has room for them.
 */
public final class ReaderRun {
  private static final long SEED = 1;
  private static final int MEGABYTE = 1_000_000;

  /** A trial's files are that much smaller. */
  private static final int QUICK = 100;

  private static final Map<String, Path> FILES = new HashMap<>();

  private ReaderRun() {}

  /**
   * Runs one program once.
   *
   * @param params with {@code text}, one of {@link TraceText}, and {@code mb}, the file's size
   * @return the time in ns for each MB
   * @throws IOException if the program fails
   */
  public static Score of(
      String group, String benchmark, SortedMap<String, String> params, boolean quick)
      throws IOException {
    TraceText text = TraceText.valueOf(String.valueOf(params.get("text")));
    int megabytes = Integer.parseInt(String.valueOf(params.get("mb")));
    Program program = Program.valueOf(benchmark.substring(benchmark.indexOf('.') + 1));
    long bytes = (long) megabytes * MEGABYTE / (quick ? QUICK : 1);
    double ns = WholeProcess.run(program.command(text, file(text, bytes))).ns();
    return new Score(
        group, benchmark, 1, new TreeMap<>(params), List.of(List.of(ns / megabytes)), 0, 0);
  }

  /** A made-up trace of about that size. */
  public static Path file(TraceText text, long bytes) throws IOException {
    String key = text + " " + bytes;
    Path known = FILES.get(key);
    if (known != null) {
      return known;
    }
    Path file = Files.createTempFile("kretsim-benchmark-", ".trace");
    file.toFile().deleteOnExit();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      text.write(out, bytes, SEED);
    }
    FILES.put(key, file);
    return file;
  }
}
