package dev.kretsim.benchmarks;

import dev.kretsim.benchmarks.peer.Design;
import dev.kretsim.benchmarks.result.Score;
import dev.kretsim.scale.Machine;
import dev.kretsim.scale.Machines;
import dev.kretsim.scale.Measurement;
import dev.kretsim.scale.Placement;
import dev.kretsim.scale.Point;
import dev.kretsim.scale.Simulation;
import dev.kretsim.scale.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;

/**
 * What the scale model predicts for this machine, from loads, stores, exchanges and lines on their
 * way that are measured once in a run.
 */
final class ScalePrediction {
  static final String BENCHMARK = "Scale.predicted";

  private static final int ACCESSES = 20_000;
  private static final long SEED = 1;
  private static final double NS_PER_SECOND = 1e9;

  private static @Nullable Machine here;

  private ScalePrediction() {}

  /** Those that have a simulated form. */
  static List<Design> designs() {
    return Design.all().stream()
        .filter(design -> !design.isFloor() && !design.pool().realMemoryOnly())
        .toList();
  }

  /**
   * @throws RunnerException if this machine cannot be measured
   */
  static Score of(String group, Cell cell) throws RunnerException {
    Design design = Design.of(String.valueOf(cell.params().get("design")));
    int capacity = Integer.parseInt(String.valueOf(cell.params().get("capacity")));
    Point point =
        Simulation.run(
            new Simulation.Setup(
                here(),
                design.pool(),
                design.lock(),
                cell.threads(),
                Placement.COMPACT,
                capacity,
                Workload.loop(0),
                SEED));
    double ns = cell.threads() * NS_PER_SECOND / point.opsPerSecond();
    return new Score(group, BENCHMARK, cell.threads(), cell.params(), List.of(List.of(ns)), 0, 0);
  }

  private static synchronized Machine here() throws RunnerException {
    if (here == null) {
      try {
        Path file = Files.createTempFile("kretsim-here-", ".yaml");
        try {
          String yaml = Measurement.yaml(ACCESSES);
          System.err.print(yaml);
          Files.writeString(file, yaml);
          here = Machines.of(file.toString());
        } finally {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new RunnerException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RunnerException(e);
      }
    }
    return here;
  }
}
