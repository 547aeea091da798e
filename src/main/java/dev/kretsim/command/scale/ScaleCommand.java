package dev.kretsim.command.scale;

import dev.kretsim.console.Choice;
import dev.kretsim.console.ExitCode;
import dev.kretsim.console.PlugIns;
import dev.kretsim.console.ScaleWorkload;
import dev.kretsim.files.OutputFile;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.report.scale.Html;
import dev.kretsim.report.scale.Report;
import dev.kretsim.report.scale.Text;
import dev.kretsim.scale.Machine;
import dev.kretsim.scale.Machines;
import dev.kretsim.scale.Placement;
import dev.kretsim.scale.Placements;
import dev.kretsim.scale.Published;
import dev.kretsim.scale.Study;
import dev.kretsim.scale.measure.Measurement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kretsim scale}: a pool on a machine you don't have. */
@Command(
    name = "scale",
    description = ScaleCommand.DESCRIPTION,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = ScaleValidateCommand.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:points printed",
      "1:a law of the machine was broken",
      ExitCode.BAD_INPUT_HELP,
      ExitCode.LIMIT_REACHED_HELP
    })
public final class ScaleCommand implements Callable<Integer> {
  /** What it is for, in a line or two. */
  public static final String DESCRIPTION =
      "Simulates how fast a pool is on a machine with more CPUs than this one.";

  private static final int MOST_INSTANCES = 100_000;
  private static final int MOST_COUNTS = 64;
  private static final int MOST_ACCESSES = 10_000_000;

  private enum Form {
    TABLE,
    JSON,
    CSV
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
      paramLabel = "WHERE",
      description =
          "compact, spread (sockets by turns), band for both, or CPUs such as 0-3,8. Default: band;"
              + " spread where --threads is given.")
  private @Nullable String placement;

  @Mixin private ScaleWorkload workload;

  @Option(
      names = "--maxactive",
      paramLabel = "N",
      description = "Instances in the pool (default: twice the machine's CPUs).")
  private @Nullable Integer maxactive;

  @Option(names = "--seed", defaultValue = "1", description = "Default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--out", defaultValue = "table", description = "table (default), json or csv.")
  private String out = "";

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a report to this file too; it opens offline.")
  private @Nullable OutputFile html;

  @Option(
      names = "--published",
      paramLabel = "FILE",
      description = "JSON with a list of series: those of the machine are shown in --html.")
  private @Nullable Path published;

  @Override
  public Integer call() throws IOException {
    Form form = Choice.of("--out", out, Form.values());
    Machine model = Machines.of(machine);
    int instances = maxactive == null ? 2 * model.cpus() : maxactive;
    if (instances < 1 || instances > MOST_INSTANCES) {
      throw new BadInputException("--maxactive must be in [1, 100000]: " + instances);
    }
    LockDesign locking = Choice.required("--lock", lock, LockDesigns::named, LockDesigns.names());
    String usual = threads.isEmpty() ? "band" : "spread";
    String where = placement == null ? usual : placement;
    Placements placed = Placements.of(where, model);
    List<Integer> counts = threads.isEmpty() ? doublings(placed.most()) : threads;
    if (counts.size() > MOST_COUNTS) {
      throw new BadInputException(
          "--threads takes at most %d numbers: %d".formatted(MOST_COUNTS, counts.size()));
    }
    if (new HashSet<>(counts).size() < counts.size()) {
      throw new BadInputException("--threads has a number twice: " + threads);
    }
    for (int count : counts) {
      if (count < 1 || count > placed.most()) {
        throw new BadInputException(
            "--threads must be in [1, %d] on %s: %d".formatted(placed.most(), model.name(), count));
      }
    }
    List<Published.Series> series = series();
    Study study = new Study(model, workload.workload(), locking, instances, seed);
    List<PoolDesign> simulated = simulated();
    List<Study.Estimate> estimates = simulate(study, simulated, placed.placements(), counts);
    if (html != null) {
      html.write(Html.render(study, estimates, series));
    }
    spec.commandLine()
        .getOut()
        .print(
            switch (form) {
              case TABLE -> Text.of(study, estimates);
              case JSON -> Report.json(study, estimates);
              case CSV -> Report.csv(estimates);
            });
    spec.commandLine().getOut().flush();
    return 0;
  }

  @Command(
      name = "measure",
      description = {
        "Measures this machine, and writes a file for --machine.",
        "Loads, stores, exchanges, and lines that go to and fro between two CPUs."
      },
      mixinStandardHelpOptions = true,
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {"0:file written", ExitCode.BAD_INPUT_HELP, ExitCode.LIMIT_REACHED_HELP})
  int measure(
      @Option(
              names = "--output",
              paramLabel = "FILE.yaml",
              description = "Where to write; default: standard output.")
          @Nullable OutputFile output,
      @Option(
              names = "--accesses",
              defaultValue = "20000",
              paramLabel = "N",
              description = "Timed at once, of each kind (default ${DEFAULT-VALUE}).")
          int accesses)
      throws IOException, InterruptedException {
    if (accesses < 1 || accesses > MOST_ACCESSES) {
      throw new BadInputException("--accesses must be in [1, 10000000]: " + accesses);
    }
    Measurement.Found found = Measurement.here(accesses);
    if (output == null) {
      spec.commandLine().getOut().print(found.yaml());
      spec.commandLine().getOut().flush();
    } else {
      output.write(found.yaml());
    }
    found.unsteady().ifPresent(spec.commandLine().getErr()::println);
    return 0;
  }

  private List<Published.Series> series() {
    if (published == null) {
      return List.of();
    }
    if (html == null) {
      spec.commandLine().getErr().println("--published is shown in --html only");
    }
    return Published.read(published).series();
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
    if (new HashSet<>(pools).size() < pools.size()) {
      throw new BadInputException("--pool names a design twice: " + String.join(",", pools));
    }
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

  private static List<Study.Estimate> simulate(
      Study study, List<PoolDesign> pools, List<Placement> placements, List<Integer> counts) {
    try {
      return study.of(pools, placements, counts);
    } catch (IllegalArgumentException refused) {
      throw new BadInputException("--threads, --pool: " + refused.getMessage());
    }
  }
}
