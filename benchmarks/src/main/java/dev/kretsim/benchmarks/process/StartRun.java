package dev.kretsim.benchmarks.process;

import dev.kretsim.benchmarks.reader.Program;
import dev.kretsim.benchmarks.result.Score;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Times commands that end soon, so that most of what is waited for is the start. */
public final class StartRun {
  /** So many in a row, of which the middle one counts: a single one is soon over. */
  private static final int STARTS = 3;

  private static final int STARTS_IN_A_TRIAL = 1;

  /** How the product is started. */
  public enum Way {
    /** Without what the build lays ready. */
    JAVA_JAR,
    LAUNCHER;

    private List<String> words() {
      return this == LAUNCHER
          ? List.of(Program.product().resolveSibling("kretsim").toString())
          : List.of(Program.JAVA, "-jar", Program.product().toString());
    }
  }

  /** What it is started for. */
  public enum Asked {
    HELP("--help"),
    VERSION("--version"),
    PLAN_OF_A_SAMPLE("plan", "sample:nanosleep-bursts"),
    EXPLAIN("explain");

    private final List<String> words;

    Asked(String... words) {
      this.words = List.of(words);
    }
  }

  private StartRun() {}

  /** {@return the whole command} */
  public static List<String> command(Way way, Asked asked) {
    List<String> command = new ArrayList<>(way.words());
    command.addAll(asked.words);
    return command;
  }

  /**
   * Starts one in one way.
   *
   * @param params with {@code asked}, one of {@link Asked}
   * @return the time in ns of one start
   * @throws IOException if it fails
   */
  public static Score of(
      String group, String benchmark, SortedMap<String, String> params, boolean quick)
      throws IOException {
    Way way = Way.valueOf(benchmark.substring(benchmark.indexOf('.') + 1));
    Asked asked = Asked.valueOf(String.valueOf(params.get("asked")));
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < (quick ? STARTS_IN_A_TRIAL : STARTS); i++) {
      times.add(WholeProcess.run(command(way, asked)).ns());
    }
    Collections.sort(times);
    double middle = times.get(times.size() / 2);
    return new Score(group, benchmark, 1, new TreeMap<>(params), List.of(List.of(middle)), 0, 0);
  }
}
