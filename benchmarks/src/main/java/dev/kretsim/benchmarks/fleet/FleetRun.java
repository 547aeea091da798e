package dev.kretsim.benchmarks.fleet;

import dev.kretsim.benchmarks.process.WholeProcess;
import dev.kretsim.benchmarks.reader.Program;
import dev.kretsim.benchmarks.result.Score;
import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Times the plan of a made-up fleet: {@code FLEET}, the command as a process of its own from start
 * to end, and {@code ONE_BY_ONE}, plans of the same hosts one after another, each on all
 * processors, in a process that has warmed up before the time is taken.
 */
public final class FleetRun {
  /** What the command may take, in kB. */
  private static final long MOST_KB = 1_000_000;

  private static final int MEGABYTE = 1_000_000;

  /** A trial's hosts are that much smaller. */
  private static final int QUICK = 20;

  private static final Map<Long, HostFolder> FOLDERS = new HashMap<>();

  private FleetRun() {}

  /**
   * Runs one of the two once.
   *
   * @param params with {@code mb}, the size of all traces
   * @return the time in ns for each MB
   * @throws IOException if it fails, or takes more memory than it may
   */
  public static Score of(
      String group, String benchmark, SortedMap<String, String> params, boolean quick)
      throws IOException {
    int megabytes = Integer.parseInt(String.valueOf(params.get("mb")));
    HostFolder hosts = folder((long) megabytes * MEGABYTE / (quick ? QUICK : 1));
    double ns = benchmark.endsWith("FLEET") ? fleet(hosts) : oneByOne(hosts);
    return new Score(
        group, benchmark, 1, new TreeMap<>(params), List.of(List.of(ns / megabytes)), 0, 0);
  }

  private static HostFolder folder(long bytes) throws IOException {
    HostFolder known = FOLDERS.get(bytes);
    if (known == null) {
      known = HostFolder.write(bytes);
      FOLDERS.put(bytes, known);
    }
    return known;
  }

  /** The command, as somebody would start it. */
  public static List<String> command(HostFolder hosts) {
    return List.of(
        Program.product().resolveSibling("kretsim").toString(),
        "fleet",
        hosts.traces().toString(),
        "--hosts",
        hosts.known().toString(),
        "--strict",
        "--out",
        "json");
  }

  private static double fleet(HostFolder hosts) throws IOException {
    WholeProcess finished = WholeProcess.run(command(hosts));
    System.err.printf("  at most %d MB of memory%n", finished.mostKb() / 1000);
    if (finished.mostKb() > MOST_KB) {
      throw new IOException(
          "took %d kB of memory; at most %d".formatted(finished.mostKb(), MOST_KB));
    }
    return finished.ns();
  }

  /** Prints the time in ns and the number of calls. */
  public static List<String> oneByOneCommand(HostFolder hosts) {
    return List.of(
        Program.JAVA,
        "-cp",
        Program.product() + File.pathSeparator + Program.ownJar(),
        OneByOne.class.getName(),
        hosts.traces().toString());
  }

  private static double oneByOne(HostFolder hosts) throws IOException {
    return Double.parseDouble(WholeProcess.run(oneByOneCommand(hosts)).said().split(" ")[0]);
  }
}
