package dev.kretsim.cli.spark;

import dev.kretsim.cli.Main;
import dev.kretsim.console.Bounds;
import dev.kretsim.console.ExitCode;
import dev.kretsim.console.FleetOptions;
import dev.kretsim.fleet.ClusterJob;
import dev.kretsim.fleet.FleetPlan;
import dev.kretsim.fleet.spark.SparkJob;
import dev.kretsim.report.Printable;
import dev.kretsim.report.fleet.Json;
import dev.kretsim.report.fleet.Remarks;
import dev.kretsim.report.fleet.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dev.kretsim.fleet.SparkFleet}: the plan of a fleet, under {@code spark-submit}. */
@Command(
    name = "SparkFleet",
    description = "Plans each host by itself on Spark, and says which maxactive fits all of them.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:planned", ExitCode.BAD_INPUT_HELP, ExitCode.LIMIT_REACHED_HELP})
public final class SparkFleetCommand implements Callable<Integer>, ClusterJob {
  private static final int MOST_PARTITIONS = 1_000_000;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR|GLOB|FILE",
      description = "Traces of hosts, by names that Spark knows, such as s3a://bucket/traces.")
  private List<String> arguments = new ArrayList<>();

  @Mixin private FleetOptions asked = new FleetOptions();

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Into how many tasks the hosts are dealt (default: one for each host, 10000).")
  private @Nullable Integer partitions;

  @Option(
      names = "--csv",
      description = "Write the rows as CSV too, with the columns of fleet --rows.")
  private boolean csv;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder to make, for rows (Parquet), rows-csv and fleet.json.")
  private String out;

  @Override
  public int run(String[] arguments) {
    return Main.onStandardStreams(Main.withConventions(new CommandLine(this))).execute(arguments);
  }

  @Override
  public Integer call() {
    OptionalInt tasks = Bounds.optional("--partitions", partitions, MOST_PARTITIONS);
    SparkJob job =
        new SparkJob(
            arguments,
            asked.naming(),
            asked.question(),
            asked.cover(),
            tasks.isPresent() ? (Integer) tasks.getAsInt() : null,
            csv,
            out);
    FleetPlan plan =
        job.run(Json::render, remark -> spec.commandLine().getErr().println(Printable.of(remark)));
    Remarks.lines(plan).forEach(spec.commandLine().getErr()::println);
    spec.commandLine().getOut().print(Text.table(plan));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
