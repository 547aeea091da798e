package dev.kretsim.benchmarks;

import dev.kretsim.benchmarks.HitBenchmark.Words;
import dev.kretsim.benchmarks.fleet.FleetRun;
import dev.kretsim.benchmarks.fleet.HostFolder;
import dev.kretsim.benchmarks.peer.Contenders;
import dev.kretsim.benchmarks.peer.Design;
import dev.kretsim.benchmarks.process.ScaleRun;
import dev.kretsim.benchmarks.process.StartRun;
import dev.kretsim.benchmarks.reader.Program;
import dev.kretsim.benchmarks.reader.ReaderRun;
import dev.kretsim.benchmarks.reader.TraceText;
import dev.kretsim.benchmarks.result.Score;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.openjdk.jmh.runner.RunnerException;

/** What the runner measures together, so that ratios inside a group are of one time. */
enum Group {
  POOL_1 {
    @Override
    List<Cell> cells() {
      return pools(1, Contenders.names());
    }
  },
  POOL_2 {
    @Override
    List<Cell> cells() {
      return pools(2, Contenders.names());
    }
  },
  MIGRATE {
    @Override
    List<Cell> cells() {
      List<Cell> cells = new ArrayList<>();
      for (Design design : Design.all()) {
        cells.add(paced("MigrateBenchmark.handOver", 2, true, "design=" + design));
      }
      return cells;
    }
  },
  LOCK {
    @Override
    List<Cell> cells() {
      List<Cell> cells = new ArrayList<>();
      for (int threads : new int[] {1, 2, 4}) {
        for (Guard guard : Guard.values()) {
          cells.add(paced("LockBenchmark.section", threads, threads == 1, "guard=" + guard));
        }
      }
      return cells;
    }
  },
  HIT {
    @Override
    List<Cell> cells() {
      List<Cell> cells = new ArrayList<>();
      for (Design design : Design.all()) {
        cells.add(paced("HitBenchmark.*", 1, true, "design=" + design));
      }
      // Plain memory is for one thread.
      for (Design design : Design.all()) {
        cells.add(paced("HitBenchmark.*", 2, true, "design=" + design, "memory=" + Words.REAL));
      }
      return cells;
    }
  },
  PLANNER {
    @Override
    List<Cell> cells() {
      return List.of(Cell.whole("(Planner|Replay)Benchmark.*", false));
    }
  },
  REPLICATIONS {
    @Override
    List<Cell> cells() {
      return List.of(
          Cell.whole("ReplicationsBenchmark.onOneProcessor", true),
          Cell.whole("ReplicationsBenchmark.onTwoProcessors", true));
    }
  },
  /** Whole processes that go through a file. */
  READER {
    @Override
    List<Cell> cells() {
      List<Cell> cells = new ArrayList<>();
      for (int mb : new int[] {300, 3000}) {
        for (TraceText text : TraceText.values()) {
          if (text != TraceText.PERF && (mb == 300 || text != TraceText.FUNCTION_GRAPH_RIGHT)) {
            for (Program program : Program.values()) {
              cells.add(
                  new Cell(
                      "Reader." + program,
                      1,
                      Score.paramsOf("text=" + text, "mb=" + mb),
                      mb == 300,
                      false,
                      true));
            }
          }
        }
      }
      return cells;
    }

    @Override
    int rounds() {
      return 5;
    }

    @Override
    List<Score> run(Cell cell, boolean quick) throws IOException {
      return List.of(ReaderRun.of(label(), cell.benchmark(), cell.params(), quick));
    }
  },
  /** Many hosts in one process, and the same hosts one after another. */
  FLEET {
    @Override
    List<Cell> cells() {
      SortedMap<String, String> params =
          Score.paramsOf("hosts=" + HostFolder.HOSTS, "mb=" + Integer.getInteger(FLEET_MB, 2000));
      return List.of(
          new Cell("Fleet.FLEET", 1, params, true, false, true),
          new Cell("Fleet.ONE_BY_ONE", 1, params, true, false, true));
    }

    @Override
    int rounds() {
      return 5;
    }

    @Override
    List<Score> run(Cell cell, boolean quick) throws IOException {
      return List.of(FleetRun.of(label(), cell.benchmark(), cell.params(), quick));
    }
  },
  /** Whole processes that end soon. */
  START {
    @Override
    List<Cell> cells() {
      List<Cell> cells = new ArrayList<>();
      for (StartRun.Asked asked : StartRun.Asked.values()) {
        for (StartRun.Way way : StartRun.Way.values()) {
          cells.add(
              new Cell("Start." + way, 1, Score.paramsOf("asked=" + asked), true, false, false));
        }
      }
      return cells;
    }

    @Override
    int rounds() {
      return 7;
    }

    @Override
    List<Score> run(Cell cell, boolean quick) throws IOException {
      return List.of(StartRun.of(label(), cell.benchmark(), cell.params(), quick));
    }
  },
  /** What the scale model says of this machine: to be run beside both groups of pools. */
  SCALE {
    @Override
    List<Cell> cells() {
      List<Cell> cells = new ArrayList<>();
      for (int threads = 1; threads <= 2; threads++) {
        cells.add(pinned(threads, Contenders.NOTHING));
        for (Design design : ScalePrediction.designs()) {
          cells.add(pinned(threads, design.label()));
        }
      }
      return cells;
    }

    private Cell pinned(int threads, String design) {
      return paced(
          "PoolBenchmark." + PoolBenchmark.PINNED,
          threads,
          true,
          "design=" + design,
          "capacity=16",
          "holdTokens=0");
    }

    @Override
    List<Score> run(Cell cell, boolean quick) throws RunnerException {
      return JmhRun.of(this, cell, quick).stream()
          .map(score -> score.called(ScalePrediction.MEASURED))
          .toList();
    }
  },
  /** How long predictions for other machines take. */
  SIMULATION {
    @Override
    List<Cell> cells() {
      List<Cell> cells = new ArrayList<>(List.of(Cell.whole(SIMULATED, false)));
      for (ScaleRun.Asked asked : ScaleRun.Asked.values()) {
        cells.add(new Cell(asked.benchmark(), 1, Score.paramsOf(), true, false, true));
      }
      return cells;
    }

    @Override
    List<Score> run(Cell cell, boolean quick) throws RunnerException, IOException {
      return cell.benchmark().equals(SIMULATED)
          ? super.run(cell, quick)
          : List.of(ScaleRun.of(label(), cell.benchmark()));
    }
  },
  /** More CPUs than processors. */
  OVERSUBSCRIBED {
    @Override
    List<Cell> cells() {
      List<Cell> cells = new ArrayList<>();
      for (int threads : new int[] {4, 8}) {
        for (String design : Contenders.names()) {
          cells.add(
              paced(
                  "PoolBenchmark.popAndPush",
                  threads,
                  threads == 4,
                  "design=" + design,
                  "capacity=16",
                  "holdTokens=0"));
        }
      }
      return cells;
    }
  };

  private static final String SIMULATED = "SimulationBenchmark.point";

  /** A property: the size of all traces of the fleet. */
  private static final String FLEET_MB = "kretsim.fleet.mb";

  /** How often each is run, in turn with the others. */
  int rounds() {
    return 3;
  }

  /**
   * Runs one of them once.
   *
   * @throws RunnerException if it fails
   * @throws IOException if a process fails, or a file cannot be written
   */
  List<Score> run(Cell cell, boolean quick) throws RunnerException, IOException {
    return JmhRun.of(this, cell, quick);
  }

  /** In the order in which they are run. */
  abstract List<Cell> cells();

  /**
   * Those of some designs, for groups that compare pools, and what is measured without any; in the
   * others, none.
   *
   * @param designs their labels
   */
  List<Cell> cellsOf(List<String> designs) {
    return switch (this) {
      case POOL_1 -> pools(1, designs);
      case POOL_2 -> pools(2, designs);
      default ->
          cells().stream()
              .filter(
                  cell -> {
                    String design = cell.params().getOrDefault("design", "");
                    return design.equals(Contenders.NOTHING) || designs.contains(design);
                  })
              .toList();
    };
  }

  /** The name used on the command line and in results. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<Cell> pools(int threads, List<String> designs) {
    List<Cell> cells = new ArrayList<>();
    for (String[] params :
        new String[][] {
          {"capacity=16", "holdTokens=0"},
          {"capacity=1024", "holdTokens=0"},
          {"capacity=16", "holdTokens=50"}
        }) {
      boolean main = cells.isEmpty();
      for (String design : designs) {
        cells.add(
            paced(
                "PoolBenchmark.popAndPush",
                threads,
                main,
                "design=" + design,
                params[0],
                params[1]));
      }
    }
    for (String bulk : new String[] {"bulk=8", "bulk=16"}) {
      for (String design : designs) {
        cells.add(
            paced("PoolBenchmark.bulk", threads, false, "design=" + design, "capacity=1024", bulk));
      }
    }
    for (String design : designs) {
      cells.add(paced("PoolBenchmark.overrun", threads, false, "design=" + design, "capacity=16"));
    }
    return cells;
  }

  private static Cell paced(String benchmark, int threads, boolean main, String... params) {
    // More threads than processors take turns anyway.
    return new Cell(benchmark, threads, Score.paramsOf(params), main, true, threads == 2);
  }
}
