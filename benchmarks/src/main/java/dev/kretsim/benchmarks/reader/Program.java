package dev.kretsim.benchmarks.reader;

import dev.kretsim.benchmarks.Runner;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program that goes through the whole of a trace file, as somebody would start it. */
public enum Program {
  /** Nothing but the number of lines. */
  WC {
    @Override
    public List<String> command(TraceText text, Path file) {
      return List.of("wc", "-l", file.toString());
    }
  },

  /** The number of lines that name a function. */
  GREP {
    @Override
    public List<String> command(TraceText text, Path file) {
      return List.of("grep", "-c", FUNCTION, file.toString());
    }
  },

  /**
   * The line that people write in place of a plan: how often one function was called, and the most
   * calls inside at once. A blank before the name keeps other functions out that end alike.
   */
  MAWK {
    @Override
    public List<String> command(TraceText text, Path file) {
      return List.of(
          "mawk",
          "/%s/ {n++; if (++i > p) p = i} /%s/ {i--} END {print n, p}"
              .formatted(text.entry(FUNCTION), text.exit(FUNCTION)),
          file.toString());
    }
  },

  /** The plan for all functions. */
  PLAN {
    @Override
    public List<String> command(TraceText text, Path file) {
      return List.of(JAVA, "-jar", product().toString(), "plan", file.toString());
    }
  },

  PLAN_ONE_FUNCTION {
    @Override
    public List<String> command(TraceText text, Path file) {
      return List.of(
          JAVA, "-jar", product().toString(), "plan", "--function", FUNCTION, file.toString());
    }
  },

  /** All lines as strings, by a {@link java.io.BufferedReader}. */
  READ_LINE {
    @Override
    public List<String> command(TraceText text, Path file) {
      return List.of(JAVA, "-cp", ownJar().toString(), ReadLines.class.getName(), file.toString());
    }
  };

  /** A function that calls others. */
  public static final String FUNCTION = "ksys_read";

  /** What starts Java programs here. */
  public static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** What to run. */
  public abstract List<String> command(TraceText text, Path file);

  /** Where the build puts the product. */
  public static Path product() {
    // benchmarks/target/benchmarks.jar and target/kretsim.jar; classes lie as deep as the jar.
    Path ours = ownJar().resolveSibling("../../target/kretsim.jar").normalize();
    if (!Files.exists(ours)) {
      throw new IllegalStateException(ours + " is not there: build the whole project first");
    }
    return ours;
  }

  /** Where this is. */
  public static Path ownJar() {
    try {
      return Path.of(Runner.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
