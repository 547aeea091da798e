package dev.kretsim.cli;

import dev.kretsim.console.Choice;
import dev.kretsim.console.ExitCode;
import dev.kretsim.console.PlugIns;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.report.scale.Report;
import dev.kretsim.scale.Machine;
import dev.kretsim.scale.Machines;
import dev.kretsim.scale.Placement;
import dev.kretsim.scale.Point;
import dev.kretsim.scale.Simulation;
import dev.kretsim.scale.Workload;
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
    subcommands = ScaleValidateCommand.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:points printed", ExitCode.BAD_INPUT_HELP, ExitCode.LIMIT_REACHED_HELP})
final class ScaleCommand implements Callable<Integer> {
  private static final int MOST_INSTANCES = 100_000;

  private enum Form {
    TABLE,
    JSON,
    CSV
  }

  private enum Placed {
    COMPACT(List.of(Placement.COMPACT)),
    SPREAD(List.of(Placement.SPREAD)),
    BAND(List.of(Placement.COMPACT, Placement.SPREAD));

    private final List<Placement> placements;

    Placed(List<Placement> placements) {
      this.placements = placements;
    }
  }

  @Spec private CommandSpec spec;

  @Mixin private PlugIns plugIns;

  @Option(
      names = "--machine",
      defaultValue = "xeon8260",
      paramLabel = "NAME|FILE.yaml",
      description =
          "xeon8260 (default), xeon8336c, kunpeng920, epyc7742, epyc7r13, graviton2, laptop2,"
              + " server1024, or a file of the same form.")
  private String machine = "";

  @Option(
      names = "--pool",
      split = ",",
      paramLabel = "LIST",
      description = "Default: every design that can be simulated.")
  private List<String> pools = new ArrayList<>();

  @Option(
      names = "--lock",
      defaultValue = "queued",
      description = "For pools that have one: tas, ticket or queued (default).")
  private String lock = "";

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "LIST",
      description = "Default: 1, 2, 4 and so on, to all CPUs of the machine.")
  private List<Integer> threads = new ArrayList<>();

  @Option(
      names = "--placement",
      defaultValue = "spread",
      description = "compact, spread (default: sockets by turns), or band for both.")
  private String placement = "";

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

  @Option(names = "--out", defaultValue = "table", description = "table (default), json or csv.")
  private String out = "";

  @Override
  public Integer call() {
    Form form = Choice.of("--out", out, Form.values());
    Placed placed = Choice.of("--placement", placement, Placed.values());
    Machine model = Machines.of(machine);
    if (maxactive < 1 || maxactive > MOST_INSTANCES) {
      throw new BadInputException("--maxactive must be in [1, 100000]: " + maxactive);
    }
    if (!(work >= 0 && work <= 1e9)) {
      throw new BadInputException("--work must be in [0, 1e9] ns: " + work);
    }
    LockDesign locking = Choice.required("--lock", lock, LockDesigns::named, LockDesigns.names());
    List<Integer> counts = threads.isEmpty() ? doublings(model.cpus()) : threads;
    for (int count : counts) {
      if (count < 1 || count > model.cpus()) {
        throw new BadInputException(
            "--threads must be in [1, %d] on %s: %d".formatted(model.cpus(), model.name(), count));
      }
    }
    List<Simulation.Setup> setups = new ArrayList<>();
    for (PoolDesign pool : simulated()) {
      for (Placement one : placed.placements) {
        for (int count : counts) {
          setups.add(
              new Simulation.Setup(
                  model, pool, locking, count, one, maxactive, Workload.loop(work), seed));
        }
      }
    }
    List<Point> points = simulate(setups);
    spec.commandLine()
        .getOut()
        .print(
            switch (form) {
              case TABLE -> Report.text(model, seed, points);
              case JSON -> Report.json(model, seed, points);
              case CSV -> Report.csv(points);
            });
    spec.commandLine().getOut().flush();
    return 0;
  }

  private static List<Integer> doublings(int cpus) {
    List<Integer> counts = new ArrayList<>();
    for (int count = 1; count < cpus; count *= 2) {
      counts.add(count);
    }
    counts.add(cpus);
    return counts;
  }

  /** A design without a simulated form is left out with a remark, and never stops the others. */
  private List<PoolDesign> simulated() {
    List<PoolDesign> all =
        pools.isEmpty()
            ? PoolDesigns.all()
            : pools.stream()
                .map(
                    name ->
                        Choice.required("--pool", name, PoolDesigns::named, PoolDesigns.names()))
                .toList();
    List<PoolDesign> simulated = all.stream().filter(pool -> !pool.realMemoryOnly()).toList();
    if (simulated.isEmpty()) {
      throw new BadInputException(
          "--pool: runs on real memory only, so it cannot be simulated: "
              + String.join(",", pools));
    }
    for (PoolDesign pool : all) {
      if (pool.realMemoryOnly()) {
        spec.commandLine()
            .getErr()
            .println(pool.name() + " is left out: it runs on real memory only");
      }
    }
    return simulated;
  }

  private static List<Point> simulate(List<Simulation.Setup> setups) {
    try {
      return setups.parallelStream().map(Simulation::run).toList();
    } catch (IllegalArgumentException refused) {
      throw new BadInputException("--threads, --pool: " + refused.getMessage());
    }
  }
}
