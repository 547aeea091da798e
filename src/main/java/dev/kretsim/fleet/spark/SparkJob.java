package dev.kretsim.fleet.spark;

import dev.kretsim.files.FileName;
import dev.kretsim.files.LimitReachedException;
import dev.kretsim.fleet.FleetFiles;
import dev.kretsim.fleet.FleetPlan;
import dev.kretsim.fleet.FleetQuestion;
import dev.kretsim.fleet.FleetSum;
import dev.kretsim.fleet.Host;
import dev.kretsim.fleet.HostDoubts;
import dev.kretsim.fleet.HostNaming;
import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Plans each host in one task's turn, writes the rows, and joins what was written.
 *
 * @param traces folders, patterns and files, as Spark names them
 * @param cover the share of the hosts that the covering number is to fit, in (0, 1]
 * @param partitions into how many tasks the hosts are dealt; null: one for each host, up to a bound
 * @param csv whether the rows are wanted as CSV, too
 * @param out the folder to make: {@code rows} holds Parquet, {@code rows-csv} CSV, {@code
 *     fleet.json} the report
 */
public record SparkJob(
    List<String> traces,
    HostNaming naming,
    FleetQuestion question,
    double cover,
    @Nullable Integer partitions,
    boolean csv,
    String out) {
  /** More tasks than this burden the driver and do not even out the work any better. */
  private static final int MOST_TASKS = 10_000;

  /** CSV as it is everywhere: quotes are doubled, and what is not known is empty. */
  private static final Map<String, String> LIKE_OURS =
      Map.of(
          "header", "true",
          "escape", "\"",
          "ignoreLeadingWhiteSpace", "false",
          "ignoreTrailingWhiteSpace", "false");

  public SparkJob {
    traces = List.copyOf(traces);
  }

  /**
   * Runs in the session that there is, or else in one of its own, which ends with it.
   *
   * @param report what {@code fleet.json} is to hold
   * @param remarks is told what may not be meant, a line each
   * @throws BadInputException if there are no traces, the output exists, or no host can be planned
   * @throws LimitReachedException if tasks fail more often than Spark is told to bear
   */
  public FleetPlan run(Function<FleetPlan, String> report, Consumer<String> remarks) {
    // Refuses what cannot be asked before anything is started or read.
    FleetSum sum = new FleetSum(question, cover);
    requireNamed("--out", out);
    traces.forEach(name -> requireNamed("DIR|GLOB|FILE", name));
    boolean own = SparkSession.getDefaultSession().isEmpty();
    SparkSession spark = session();
    try {
      return run(spark, sum, report, remarks);
    } finally {
      if (own) {
        spark.stop();
      }
    }
  }

  private static SparkSession session() {
    try {
      return SparkSession.builder().appName("kretsim fleet").getOrCreate();
    } catch (Exception noMaster) { // Scala declares none, and throws checked ones
      throw new BadInputException(
          "Spark cannot be started; start this with spark-submit: " + reason(noMaster));
    }
  }

  private static void requireNamed(String what, String name) {
    if (name.isBlank()) {
      throw new BadInputException(what + ": the name is empty; expected a folder or a file");
    }
  }

  private FleetPlan run(
      SparkSession spark,
      FleetSum sum,
      Function<FleetPlan, String> report,
      Consumer<String> remarks) {
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    Path folder = newFolder(configuration);
    List<Tuple2<String, String[]>> hosts = Listing.hosts(spark, traces, naming);
    List<Host> named = Listing.named(hosts);
    HostDoubts.of(named, naming).forEach(remarks);
    question.known().withoutFiles(named).forEach(remarks);
    String rows = new Path(folder, "rows").toString();
    try {
      JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
      HostTask task =
          new HostTask(question, context.broadcast(new SerializableConfiguration(configuration)));
      int tasks = partitions == null ? Math.min(hosts.size(), MOST_TASKS) : partitions;
      JavaRDD<Row> planned = context.parallelize(hosts, tasks).flatMap(task);
      spark.createDataFrame(planned, Rows.SCHEMA).write().parquet(rows);
      // What is joined is what was committed: tasks that ran twice count once.
      Dataset<Row> written = spark.read().schema(Rows.SCHEMA).parquet(rows);
      FleetPlan plan = sum.of(Rows.results(written.collectAsList()));
      if (csv) {
        Rows.asText(written)
            .write()
            .options(LIKE_OURS)
            .csv(new Path(folder, "rows-csv").toString());
      }
      write(report.apply(plan), new Path(folder, "fleet.json"), configuration);
      return plan;
    } catch (BadInputException refused) {
      throw refused;
    } catch (Exception failed) {
      throw new LimitReachedException(out + ": not finished, Spark gave up: " + reason(failed));
    }
  }

  private Path newFolder(Configuration configuration) {
    try {
      Path folder = qualified(out, configuration);
      if (folder.getFileSystem(configuration).exists(folder)) {
        throw new BadInputException("--out " + out + ": exists; expected a new folder's name");
      }
      for (String argument : traces) {
        if (takes(qualified(argument, configuration), folder)) {
          throw new BadInputException(
              "--out %s: traces are read from %s; name a folder without traces"
                  .formatted(out, argument));
        }
      }
      return folder;
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException("--out " + out + ": cannot be looked for: " + reason(e));
    }
  }

  /** Whether what will be written to a folder would be read as a trace the next time. */
  private static boolean takes(Path input, Path folder) {
    for (Path above = folder; above != null; above = above.getParent()) {
      if (above.equals(input)) {
        return true;
      }
    }
    try {
      GlobPattern pattern = new GlobPattern(input.toString());
      return pattern.hasWildcard()
          && Stream.of(folder, new Path(folder, "fleet.json"), new Path(folder, "rows/0.parquet"))
              .anyMatch(written -> pattern.matches(written.toString()));
    } catch (RuntimeException noPattern) {
      return false; // then nothing can be listed by it either
    }
  }

  private static Path qualified(String name, Configuration configuration) throws IOException {
    Path path = new Path(name);
    FileSystem store = path.getFileSystem(configuration);
    Path whole = path.makeQualified(store.getUri(), store.getWorkingDirectory());
    boolean here = "file".equals(whole.toUri().getScheme());
    return here
        ? new Path("file", "", FleetFiles.real(FileName.of(whole.toUri().getPath())).toString())
        : whole;
  }

  private static void write(String text, Path file, Configuration configuration)
      throws IOException {
    try (OutputStream stream = file.getFileSystem(configuration).create(file, false)) {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The innermost reason, on one line. */
  static String reason(Throwable failed) {
    Throwable inner = failed;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    String message = String.valueOf(inner.getMessage());
    return message.lines().findFirst().orElse(inner.getClass().getSimpleName());
  }
}
