package dev.kretsim.trace;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.DidYouMean;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Traces recorded on a real 6.12 kernel that come with kretsim, to try it without one of your own.
 */
public enum Sample {
  /** 72 sleeps in six bursts of twelve, as kprobe events. */
  NANOSLEEP_BURSTS("nanosleep-bursts", "nanosleep-bursts.txt"),
  /** A mix of file, pipe and sleep calls of about a dozen functions, as kprobe events. */
  MIXED_EVENTS("mixed-events", "mixed-events.txt.gz"),
  /** Such a mix as function_graph. */
  MIXED_GRAPH("mixed-graph", "mixed-graph.txt.gz");

  /** What an argument that names a sample begins with. */
  public static final String PREFIX = "sample:";

  private final String label;
  private final String file;

  Sample(String label, String file) {
    this.label = label;
    this.file = file;
  }

  /**
   * The sample of that name.
   *
   * @throws BadInputException when there is none; the message lists them
   */
  static Sample named(String label) {
    return Arrays.stream(values())
        .filter(sample -> sample.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    PREFIX
                        + label
                        + ": no such sample; there are "
                        + labels()
                        + DidYouMean.hint(
                            Arrays.stream(values()).map(sample -> sample.label).toList(), label)));
  }

  /** What to say where the name of a sample stands without its prefix. */
  static String hint(String name) {
    return Arrays.stream(values())
        .filter(sample -> sample.label.equals(name))
        .map(sample -> "; did you mean " + PREFIX + name + "?")
        .findFirst()
        .orElse("");
  }

  private static String labels() {
    return Arrays.stream(values())
        .map(sample -> PREFIX + sample.label)
        .collect(Collectors.joining(", "));
  }

  /**
   * Starts reading it.
   *
   * @return its bytes; the caller closes them
   * @throws IOException if it cannot be read
   */
  public InputStream open() throws IOException {
    InputStream stream = Sample.class.getResourceAsStream("/samples/" + file);
    if (stream == null) {
      throw new IOException("the jar lacks /samples/" + file);
    }
    return stream;
  }
}
