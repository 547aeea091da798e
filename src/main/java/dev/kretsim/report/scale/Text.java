package dev.kretsim.report.scale;

import dev.kretsim.plan.Ratio;
import dev.kretsim.report.Quantity;
import dev.kretsim.report.TextTable;
import dev.kretsim.scale.Machine;
import dev.kretsim.scale.Machine.Level;
import dev.kretsim.scale.Placement;
import dev.kretsim.scale.Point;
import dev.kretsim.scale.Study;
import dev.kretsim.scale.Study.Estimate;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Simulated throughput for people: who is ahead, how fast each pool is, and what slows it. */
public final class Text {
  private static final double WORTH_TELLING = 0.01;
  private static final double THOUSAND = 1e3;
  private static final double MILLION = 1e6;

  private final Study study;
  private final List<Estimate> estimates;
  private final Comparison comparison;

  private Text(Study study, List<Estimate> estimates) {
    this.study = study;
    this.estimates = estimates;
    this.comparison = new Comparison(estimates);
  }

  /**
   * All of it, ended by a newline.
   *
   * @param estimates of the same numbers of threads for each pool and placement, at least one
   */
  public static String of(Study study, List<Estimate> estimates) {
    return new Text(study, estimates).text();
  }

  private String text() {
    Machine machine = study.machine();
    StringBuilder text =
        new StringBuilder(
            "%s, %d CPUs, %d instances, seed %d: simulated\n\n"
                .formatted(machine.name(), machine.cpus(), study.maxactive(), study.seed()));
    List<String> sentences = comparison.sentences();
    sentences.forEach(sentence -> text.append(sentence).append('\n'));
    text.append(sentences.isEmpty() ? "" : "\n");
    text.append(speeds()).append('\n').append(costs());
    text.append(notes());
    return text.toString();
  }

  private String speeds() {
    TextTable table = new TextTable();
    table.row(row("operations a second", pool -> pool));
    if (estimates.stream().anyMatch(estimate -> !estimate.validated())) {
      table.row(row("", pool -> validated(pool) ? "" : "unvalidated"));
    }
    for (int threads : comparison.threads()) {
      table.row(
          row(
              threads + (threads == 1 ? " thread" : " threads"),
              pool -> speed(comparison.at(pool, threads))));
    }
    return table.render("");
  }

  private static String speed(Comparison.Range range) {
    String low = speed(range.low());
    String high = speed(range.high());
    return low.equals(high) ? low : low + " - " + high;
  }

  private static String speed(double perSecond) {
    if (perSecond >= THOUSAND * MILLION) {
      return Quantity.digits(perSecond / THOUSAND / MILLION) + "G";
    }
    if (perSecond >= MILLION) {
      return Quantity.digits(perSecond / MILLION) + "M";
    }
    return perSecond >= THOUSAND
        ? Quantity.digits(perSecond / THOUSAND) + "k"
        : Quantity.digits(perSecond);
  }

  private boolean validated(String pool) {
    return estimates.stream()
        .filter(estimate -> estimate.point().pool().equals(pool))
        .allMatch(Estimate::validated);
  }

  /** What one number of threads and one placement cost: the most threads, spread if they are. */
  private String costs() {
    List<Integer> threads = comparison.threads();
    int most = threads.get(threads.size() - 1);
    List<Point> shown = comparison.pools().stream().map(pool -> last(pool, most)).toList();
    TextTable table = new TextTable();
    String head =
        "%d %s, %s".formatted(most, most == 1 ? "thread" : "threads", shown.get(0).placement());
    table.row(cells(head, shown, Point::pool));
    if (shown.stream().anyMatch(point -> point.missedRatio() > 0)) {
      table.row(cells("hits a second", shown, point -> speed(point.hitsPerSecond())));
    }
    table.row(cells("missed", shown, point -> Ratio.text(point.missedRatio())));
    table.row(cells("  by contention", shown, point -> Ratio.text(point.contentionMissedRatio())));
    table.row(
        cells("failed exchanges an op", shown, point -> Quantity.digits(point.failuresPerOp())));
    table.row(cells("lines moved an op", shown, point -> Quantity.digits(point.transfersPerOp())));
    if (study.machine().sockets() > 1) {
      table.row(cells("  between sockets", shown, Text::far));
    }
    table.row(cells("lock wait an op", shown, Text::lockWait));
    table.row(
        cells("longest op", shown, point -> Quantity.duration(Math.round(point.longestNs()))));
    table.row(
        cells(
            "threads waiting for one line", shown, point -> Quantity.digits(point.queueLength())));
    table.row(cells("fairness (1: equal)", shown, point -> Quantity.digits(point.fairness())));
    table.row(cells("time spent waiting", shown, point -> Diagnosis.percent(point.stalledShare())));
    for (String line : waitedFor(shown)) {
      table.row(cells("  for " + line, shown, point -> share(point, line)));
    }
    return table.render("");
  }

  /** Of placements that are shown together the last: threads that are spread. */
  private Point last(String pool, int threads) {
    return estimates.stream()
        .map(Estimate::point)
        .filter(point -> point.pool().equals(pool) && point.threads() == threads)
        .reduce((one, other) -> other.placement() == Placement.COMPACT ? one : other)
        .orElseThrow();
  }

  private static String far(Point point) {
    return Quantity.digits(point.transfersByLevel().getOrDefault(Level.CROSS_SOCKET, 0.0));
  }

  private static String lockWait(Point point) {
    return Double.isNaN(point.lockWaitNs())
        ? "-"
        : Quantity.duration(Math.round(point.lockWaitNs()));
  }

  private static List<String> waitedFor(List<Point> points) {
    return points.stream()
        .flatMap(
            point ->
                point.stallByLine().keySet().stream()
                    .filter(line -> stall(point, line) >= WORTH_TELLING))
        .distinct()
        .sorted()
        .toList();
  }

  private static double stall(Point point, String line) {
    return point.stalledShare() * point.stallByLine().getOrDefault(line, 0.0);
  }

  private static String share(Point point, String line) {
    double stall = stall(point, line);
    return stall < WORTH_TELLING ? "" : Diagnosis.percent(stall);
  }

  private String[] row(String head, Function<String, String> cell) {
    return ended(head, comparison.pools().stream().map(cell));
  }

  private static String[] cells(String head, List<Point> points, Function<Point, String> cell) {
    return ended(head, points.stream().map(cell));
  }

  /** An empty cell at the end, since the last of a table's columns is for words. */
  private static String[] ended(String head, Stream<String> cells) {
    return Stream.of(Stream.of(head), cells, Stream.of(""))
        .flatMap(part -> part)
        .toArray(String[]::new);
  }

  private String notes() {
    StringBuilder notes = new StringBuilder();
    notes.append("\nAn operation is a pop with its push");
    notes.append(
        estimates.stream().anyMatch(one -> one.point().missedRatio() > 0)
            ? ", or a pop that missed."
            : ".");
    if (hasPlacements()) {
      notes.append(
          """
           Where two figures stand, threads were packed on few
          cores and sockets, or spread over all.\
          """);
    }
    notes.append('\n').append(Margins.sentence(estimates)).append('\n');
    if (estimates.stream().anyMatch(one -> one.point().contentionMissedRatio() > 0)) {
      notes.append(
          """
          Missed by contention: an instance was free, but could not be had or was on its way back.
          A plan counts calls inside, and does not see these.
          """);
    }
    if (!study.machine().calibrated()) {
      notes.append(
          """

          Uncalibrated: nobody has published this machine's throughput under contention. What reads
          of a shared line cost there is assumed: each figure is from - to, with the least and the
          most that was found on other machines.
          """);
    }
    if (estimates.stream().anyMatch(estimate -> !estimate.validated())) {
      notes.append(
          """

          Unvalidated: nobody has published figures to hold these against. kretsim scale validate
          shows how far off the model is where there are some.
          """);
    }
    return notes.append("\n--out csv has every point, --html FILE draws them.\n").toString();
  }

  private boolean hasPlacements() {
    return estimates.stream().map(estimate -> estimate.point().placement()).distinct().count() > 1;
  }
}
