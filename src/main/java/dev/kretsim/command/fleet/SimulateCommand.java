package dev.kretsim.command.fleet;

import dev.kretsim.console.Bounds;
import dev.kretsim.console.Choice;
import dev.kretsim.console.ExitCode;
import dev.kretsim.console.Share;
import dev.kretsim.fleet.simulate.DayShape;
import dev.kretsim.fleet.simulate.DescribedFleet;
import dev.kretsim.fleet.simulate.FleetSimulation;
import dev.kretsim.fleet.simulate.SimulatedFleet;
import dev.kretsim.fleet.simulate.SpreadOfRates;
import dev.kretsim.report.fleet.Simulation;
import dev.kretsim.workload.random.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kretsim fleet simulate}: a fleet that is described, not recorded. */
@Command(
    name = "simulate",
    description = "How many hosts of a described fleet would miss how much.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:simulated", ExitCode.BAD_INPUT_HELP, ExitCode.LIMIT_REACHED_HELP})
final class SimulateCommand implements Callable<Integer> {
  private static final int MOST_INSTANCES = 1 << 16;
  private static final int MOST_POOLS = 64;

  @Spec private CommandSpec spec;

  @Option(
      names = "--hosts",
      defaultValue = "1000",
      paramLabel = "N",
      description = "How many hosts (default ${DEFAULT-VALUE}).")
  private int hosts;

  @Option(
      names = "--rate",
      required = true,
      paramLabel = "SPREAD",
      description =
          "Calls a second, over hosts: 2k/s for all of them, or lognormal(p50=2k/s,p99=20k/s).")
  private String rate;

  @Option(
      names = "--hold",
      required = true,
      paramLabel = "DIST",
      description = "The mean time inside, over hosts: 2ms for all, or lognormal(p50=1ms,p99=9ms).")
  private String hold;

  @Option(
      names = "--threads",
      paramLabel = "SPREAD",
      description = "Threads that call, over hosts: 64, or uniform(min=8,max=64). Default: any.")
  private @Nullable String threads;

  @Option(
      names = "--correlation",
      defaultValue = "0",
      paramLabel = "R",
      description = "Of rate and hold, from -1 to 1; above 0, busy hosts are slow (default 0).")
  private double correlation;

  @Option(
      names = "--diurnal",
      defaultValue = "1x",
      paramLabel = "TIMES|24 NUMBERS",
      description =
          "How many times the quietest hour's rate is the busiest's (default 1x), or 24 numbers,"
              + " one for each hour.")
  private String diurnal;

  @Option(
      names = "--maxactive",
      split = ",",
      paramLabel = "N",
      description = "Numbers to try on every host (default 8,16,32,64,128,256).")
  private List<Integer> pools = new ArrayList<>(List.of(8, 16, 32, 64, 128, 256));

  @Option(
      names = "--target",
      defaultValue = "1e-4",
      paramLabel = "RATIO",
      description = "The share of its calls that a host may miss (default ${DEFAULT-VALUE}).")
  private String target;

  @Option(
      names = "--confidence",
      defaultValue = "0.95",
      paramLabel = "RATIO",
      description = "How sure the ranges are (default ${DEFAULT-VALUE}).")
  private String confidence;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "Where every random choice comes from (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      defaultValue = "table",
      description = "table (default), json, csv or markdown.")
  private String out;

  private enum Form {
    TABLE,
    JSON,
    CSV,
    MARKDOWN
  }

  @Override
  public Integer call() {
    Form form = Choice.of("--out", out, Form.values());
    Bounds.within("the count of --maxactive", pools.size(), 1, MOST_POOLS);
    pools.forEach(pool -> Bounds.within("--maxactive", pool, 1, MOST_INSTANCES));
    DescribedFleet fleet =
        new DescribedFleet(
            hosts,
            SpreadOfRates.ofRates("--rate", rate),
            Distribution.parse(hold.strip()),
            threads == null ? null : SpreadOfRates.ofCounts("--threads", threads),
            correlation,
            DayShape.parse(diurnal));
    SimulatedFleet result =
        new FleetSimulation(
                fleet,
                seed,
                Share.missed("--target", target),
                Share.mostly("--confidence", confidence))
            .play(pools);
    spec.commandLine()
        .getOut()
        .print(
            switch (form) {
              case TABLE -> Simulation.table(result);
              case JSON -> Simulation.json(result);
              case CSV -> Simulation.csv(result);
              case MARKDOWN -> Simulation.markdown(result);
            });
    spec.commandLine().getOut().flush();
    return ExitCode.FINE;
  }
}
