package dev.kretsim.benchmarks;

import dev.kretsim.benchmarks.peer.Contenders;
import dev.kretsim.benchmarks.peer.Design;
import dev.kretsim.benchmarks.process.WholeProcess;
import dev.kretsim.benchmarks.reader.Program;
import dev.kretsim.benchmarks.result.Bars;
import dev.kretsim.benchmarks.result.Score;
import dev.kretsim.scale.Machine;
import dev.kretsim.scale.Machines;
import dev.kretsim.scale.Placement;
import dev.kretsim.scale.Point;
import dev.kretsim.scale.Simulation;
import dev.kretsim.scale.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the scale model predicts for this machine, from what {@code kretsim scale measure} finds in
 * a JVM of its own: once before the pools are measured and once after them, as a machine that
 * changes meanwhile is none to hold predictions against.
 */
final class ScalePrediction {
  static final String BENCHMARK = "Scale.predicted";

  /** What it is held against: a fork between the two. */
  static final String MEASURED = "Scale.measured";

  private static final long SEED = 1;
  private static final double NS_PER_SECOND = 1e9;
  private static final double PS_PER_NS = 1e3;

  /** By so much of itself a number may differ between the two. */
  private static final double SAME = 0.05;

  /** Between two CPUs: how far apart the bouts of one measurement lay. */
  private static final Pattern BOUTS =
      Pattern.compile("(?:sameDie|crossSocket|sameCore) = .* bouts from ([\\d.]+) to ([\\d.]+).*");

  /** Further apart by this factor, and the CPUs are not always as near to each other. */
  private static final double FAR_APART = 1.5;

  private ScalePrediction() {}

  /** Those that have a simulated form. */
  static List<Design> designs() {
    return Design.all().stream()
        .filter(design -> !design.isFloor() && !design.pool().realMemoryOnly())
        .toList();
  }

  /** Whether it is what all others are compared with, and so has to be measured beside them. */
  static boolean isBase(Cell cell) {
    return cell.threads() == 1
        && (designOf(cell).equals(Bars.OURS) || designOf(cell).equals(Contenders.NOTHING));
  }

  private static String designOf(Cell cell) {
    return String.valueOf(cell.params().get("design"));
  }

  /**
   * Measures this machine.
   *
   * @throws IOException if it cannot be measured
   */
  static Machine machineHere() throws IOException {
    Path file = Files.createTempFile("kretsim-here-", ".yaml");
    try {
      WholeProcess.run(
          List.of(
              Program.JAVA,
              "-cp",
              System.getProperty("java.class.path"),
              "dev.kretsim.cli.Main",
              "scale",
              "measure",
              "--output",
              file.toString()));
      System.err.print(Files.readString(file));
      return Machines.of(file.toString());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * What differed between the times that this machine was measured; empty if nothing did. To a
   * single thread it does not matter how far apart processors are.
   */
  static Optional<String> changed(int threads, List<Machine> times) {
    Optional<String> nearer = threads == 1 ? Optional.empty() : moved(times);
    return nearer.or(() -> slower(times));
  }

  private static Optional<String> slower(List<Machine> times) {
    Machine first = times.get(0);
    return times.stream()
        .filter(other -> Math.abs(other.rmw() - first.rmw()) > SAME * first.rmw())
        .findFirst()
        .map(other -> told("an exchange", first.rmw(), other.rmw()));
  }

  private static Optional<String> moved(List<Machine> times) {
    Optional<String> within =
        times.stream()
            .flatMap(machine -> machine.origins().stream())
            .map(BOUTS::matcher)
            .filter(ScalePrediction::isFarApart)
            .findFirst()
            .map(
                bouts ->
                    "the machine changed: a line between CPUs took from %s to %s ns in one measurement"
                        .formatted(bouts.group(1), bouts.group(2)));
    if (within.isPresent()) {
      return within;
    }
    Machine first = times.get(0);
    for (Machine other : times) {
      for (Machine.Level level : Machine.Level.values()) {
        long was = first.transfers().get(level.ordinal());
        long is = other.transfers().get(level.ordinal());
        if (Math.abs(is - was) > SAME * was) {
          return Optional.of(told("a line between CPUs", was, is));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isFarApart(Matcher bouts) {
    return bouts.matches()
        && Double.parseDouble(bouts.group(2)) > FAR_APART * Double.parseDouble(bouts.group(1));
  }

  private static String told(String what, long wasPs, long isPs) {
    return String.format(
        Locale.ROOT,
        "the machine changed: %s took %.1f ns before the pools and %.1f ns after them",
        what,
        wasPs / PS_PER_NS,
        isPs / PS_PER_NS);
  }

  /**
   * Predicts the cells of a window: a fork for each time that the machine was measured.
   *
   * @param found what was measured of the cells, and of the benchmark without a pool
   */
  static List<Score> of(String group, List<Cell> cells, List<Score> found, List<Machine> times) {
    List<Score> predicted = new ArrayList<>();
    for (Cell cell : cells) {
      if (!designOf(cell).equals(Contenders.NOTHING)) {
        double besides = besidesNs(cell.threads(), found);
        List<List<Double>> forks = new ArrayList<>();
        for (Machine machine : times) {
          forks.add(List.of(predictedNs(cell, besides, machine)));
        }
        predicted.add(new Score(group, BENCHMARK, cell.threads(), cell.params(), forks, 0, 0));
      }
    }
    return predicted;
  }

  /** What a thread does besides pop and push: measured with a pool that does nothing. */
  private static double besidesNs(int threads, List<Score> found) {
    return found.stream()
        .filter(
            score ->
                score.threads() == threads
                    && Contenders.NOTHING.equals(score.params().get("design")))
        .mapToDouble(score -> score.estimate().value())
        .min()
        .orElseThrow(
            () -> new IllegalStateException("not measured without a pool: threads=" + threads));
  }

  private static double predictedNs(Cell cell, double besidesNs, Machine machine) {
    Design design = Design.of(designOf(cell));
    int capacity = Integer.parseInt(String.valueOf(cell.params().get("capacity")));
    Point point =
        Simulation.run(
            new Simulation.Setup(
                machine,
                design.pool(),
                design.lock(),
                cell.threads(),
                Placement.COMPACT,
                capacity,
                Workload.loop(besidesNs / 2), // which stands on both sides of the pop
                SEED));
    return cell.threads() * NS_PER_SECOND / point.opsPerSecond();
  }
}
