package dev.kretsim.benchmarks.process;

import dev.kretsim.benchmarks.reader.Program;
import dev.kretsim.benchmarks.result.Score;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Times whole predictions for large machines, as users wait for them, in half a gigabyte. */
public final class ScaleRun {
  private static final String NAME = "ScaleCommand.";

  /** What is asked for. */
  public enum Asked {
    /** Every pool, from 1 CPU to all of a machine's 96, in both placements. */
    DEFAULT(),
    FREELIST_UP_TO_96_CPUS(
        "--pool",
        "freelist",
        "--threads",
        "1,2,4,6,8,12,16,24,32,48,64,80,96",
        "--placement",
        "spread"),
    SERVER_OF_1024_CPUS("--machine", "server1024", "--threads", "1,1024");

    private final List<String> words;

    Asked(String... words) {
      this.words = List.of(words);
    }

    /** {@return the name of the benchmark} */
    public String benchmark() {
      return NAME + this;
    }
  }

  private ScaleRun() {}

  private static List<String> command(Asked asked) {
    List<String> command =
        new ArrayList<>(
            List.of(Program.JAVA, "-Xmx512m", "-jar", Program.product().toString(), "scale"));
    command.addAll(asked.words);
    return command;
  }

  /**
   * Runs one of them once.
   *
   * @return its time in ns
   * @throws IOException if it fails
   */
  public static Score of(String group, String benchmark) throws IOException {
    Asked asked = Asked.valueOf(benchmark.substring(NAME.length()));
    double ns = WholeProcess.run(command(asked)).ns();
    return new Score(group, benchmark, 1, new TreeMap<>(), List.of(List.of(ns)), 0, 0);
  }
}
