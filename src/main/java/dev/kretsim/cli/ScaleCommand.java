package dev.kretsim.cli;

import dev.kretsim.console.Choice;
import dev.kretsim.console.ExitCode;
import dev.kretsim.console.Out;
import dev.kretsim.console.PlugIns;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.report.scale.Report;
import dev.kretsim.scale.MachineModel;
import dev.kretsim.scale.ScaleSimulation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kretsim scale}: a pool on a machine you don't have. */
@Command(
    name = "scale",
    description = "Simulates how fast a pool is on a machine with more CPUs than this one.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:points printed", ExitCode.BAD_INPUT_HELP, ExitCode.LIMIT_REACHED_HELP})
final class ScaleCommand implements Callable<Integer> {
  private static final int MOST_INSTANCES = 100_000;

  @Spec private CommandSpec spec;

  @Mixin private PlugIns plugIns;

  @Option(
      names = "--machine",
      defaultValue = "xeon8260",
      description = "xeon8260 (default) or xeon8336c.")
  private String machine;

  @Option(
      names = "--pool",
      split = ",",
      defaultValue = "hlist,freelist,objpool",
      paramLabel = "LIST",
      description = "Default: ${DEFAULT-VALUE}.")
  private List<String> pools = new ArrayList<>();

  @Option(
      names = "--threads",
      split = ",",
      defaultValue = "1,2,4,8,16",
      paramLabel = "LIST",
      description = "Default: ${DEFAULT-VALUE}.")
  private List<Integer> threads = new ArrayList<>();

  @Option(
      names = "--work",
      defaultValue = "5",
      paramLabel = "NS",
      description = "Between a pop and its push, and before the next (default ${DEFAULT-VALUE}).")
  private double work;

  @Option(
      names = "--maxactive",
      defaultValue = "384",
      paramLabel = "N",
      description = "Instances in the pool (default ${DEFAULT-VALUE}).")
  private int maxactive;

  @Option(names = "--seed", defaultValue = "1", description = "Default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--out", defaultValue = "table", description = "table (default) or json.")
  private String out;

  @Override
  public Integer call() {
    Out form = Choice.of("--out", out, Out.values());
    MachineModel model =
        MachineModel.of(machine)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "--machine must be one of " + MachineModel.labels() + ": " + machine));
    if (maxactive < 1 || maxactive > MOST_INSTANCES) {
      throw new BadInputException("--maxactive must be in [1, 100000]: " + maxactive);
    }
    if (!(work >= 0 && work <= 1e9)) {
      throw new BadInputException("--work must be in [0, 1e9] ns: " + work);
    }
    List<ScaleSimulation.Point> points = new ArrayList<>();
    for (String pool : pools) {
      PoolDesign kind = Choice.required("--pool", pool, PoolDesigns::named, PoolDesigns.names());
      for (int count : threads) {
        points.add(simulate(model, kind, count));
      }
    }
    spec.commandLine()
        .getOut()
        .print(
            form == Out.JSON ? Report.json(model, seed, points) : Report.text(model, seed, points));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private ScaleSimulation.Point simulate(MachineModel model, PoolDesign kind, int count) {
    try {
      return ScaleSimulation.run(model, kind, count, maxactive, work, seed);
    } catch (IllegalArgumentException refused) {
      throw new BadInputException("--threads, --pool: " + refused.getMessage());
    }
  }
}
