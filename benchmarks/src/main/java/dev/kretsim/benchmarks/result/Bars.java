package dev.kretsim.benchmarks.result;

import dev.kretsim.benchmarks.HitBenchmark.Words;
import dev.kretsim.benchmarks.peer.Contenders;
import dev.kretsim.benchmarks.peer.Design;
import dev.kretsim.benchmarks.peer.Peer;
import dev.kretsim.benchmarks.process.ScaleRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The ratios that are asked for, taken from one measurement. */
public final class Bars {
  /** The exact pool of our own that is meant by "ours". */
  public static final String OURS = "RING";

  private static final String POP_AND_PUSH = "PoolBenchmark.popAndPush";
  private static final String HAND_OVER = "MigrateBenchmark.handOver";
  private static final String HIT = "HitBenchmark.hit";
  private static final String PLANNER = "PlannerBenchmark.";

  private static final List<String> PREDICTED =
      List.of("HLIST_TAS", "HLIST_TICKET", "HLIST_QUEUED", "FREELIST", "OBJPOOL", OURS);

  private final Measurement measured;
  private final List<Bar> bars = new ArrayList<>();

  private Bars(Measurement measured) {
    this.measured = measured;
  }

  public static List<Bar> of(Measurement measured) {
    Bars bars = new Bars(measured);
    bars.pools();
    bars.hits();
    bars.planner();
    bars.reader();
    bars.fleet();
    bars.start();
    bars.scale();
    bars.simulation();
    return bars.bars;
  }

  private void pools() {
    atMost("P1", "ours / thread-local stack, 1 thread", 4.5, 3.6, over(ours(1), pool(1, "FLOOR")));
    atMost("P2", "the same, 2 threads", 4.5, 3.7, over(ours(2), pool(2, "FLOOR")));
    atLeast("P3", "freelist / ours, 1 thread", 4, 4.5, over(pool(1, "FREELIST"), ours(1)));
    atLeast("P3", "freelist / ours, 2 threads", 15, 25, over(pool(2, "FREELIST"), ours(2)));
    atLeast(
        "P4",
        "JCTools MPMC queue / ours, 1 thread",
        1.8,
        2,
        over(pool(1, "JCTOOLS_MPMC"), ours(1)));
    atLeast(
        "P4",
        "JCTools MPMC queue / ours, 2 threads",
        10,
        20,
        over(pool(2, "JCTOOLS_MPMC"), ours(2)));
    atLeast("P5", "best Stormpot tap / ours, 1 thread", 0.9, 1.1, over(stormpot(1), ours(1)));
    atLeast("P5", "best Stormpot tap / ours, 2 threads", 0.9, 1.1, over(stormpot(2), ours(2)));
    atMost(
        "P6",
        "popped on A, pushed on B / bare hand-off",
        3.0,
        2.2,
        over(find(HAND_OVER, 2, "design=" + OURS), find(HAND_OVER, 2, "design=FLOOR")));
  }

  private void hits() {
    Optional<Estimate> one = over(hit(1, 1, OURS), hit(1, 1, Design.FLOOR.label()));
    atMost("P8", "full hit / unprobed call, 1 handler", 10, 7, one);
    atMost(
        "P8",
        "full hit / unprobed call, 8 handlers",
        13,
        9.5,
        over(hit(1, 8, OURS), hit(1, 8, Design.FLOOR.label())));
    atMost(
        "P9",
        "that at 2 threads / at 1",
        1.15,
        1.05,
        over(over(hit(2, 1, OURS), hit(2, 1, Design.FLOOR.label())), one));
    atMost(
        "P10",
        "hit on plain memory / unprobed call",
        6,
        4,
        over(
            find(HIT, 1, "design=" + OURS, "functions=1", "memory=" + Words.PLAIN),
            find(HIT, 1, "design=FLOOR", "functions=1", "memory=" + Words.PLAIN)));
    atMost(
        "P11",
        "ours through Memory / written directly",
        1.15,
        1.05,
        over(ours(1), pool(1, Contenders.DIRECT)));
  }

  private void planner() {
    int[] loads = {10, 100, 1000};
    double[] shipped = {8, 8, 8};
    double[] sameGates = {3.5, 4.5, 6};
    double[] sameGoals = {6, 8, 11};
    for (int i = 0; i < loads.length; i++) {
      Optional<Estimate> curve = plan("wholeCurve", loads[i]);
      String load = ", load " + loads[i];
      atLeast(
          "S1a",
          "SSJ, one size / ours, all sizes" + load,
          shipped[i],
          13,
          over(plan("oneSizeBySsj", loads[i]), curve));
      atLeast(
          "S1b",
          "SSJ with our generator / ours" + load,
          sameGates[i],
          sameGoals[i],
          over(plan("oneSizeBySsjOurDraws", loads[i]), curve));
      atLeast(
          "S3",
          "hand-written heap, one size / ours, all sizes" + load,
          2,
          4,
          over(plan("oneSizeByHeap", loads[i]), curve));
    }
    atMost(
        "S5",
        "ours at load 1000 / at load 10",
        1.5,
        1.15,
        over(plan("wholeCurve", 1000), plan("wholeCurve", 10)));
    atLeast(
        "S12",
        "replications on one processor / on two",
        1.8,
        1.95,
        over(replications("onOneProcessor"), replications("onTwoProcessors")));
  }

  private void reader() {
    overMawk("R1", "plan / mawk, graph of 3 GB", 0.45, 0.30, "PLAN", "FUNCTION_GRAPH", 3000);
    overMawk("R2", "plan / mawk, events of 3 GB", 0.25, 0.15, "PLAN", "KPROBE_EVENTS", 3000);
    overMawk("R3", "plan / mawk, graph of 300 MB", 1.2, 0.85, "PLAN", "FUNCTION_GRAPH", 300);
    overMawk("R4", "plan / mawk, events of 300 MB", 0.75, 0.45, "PLAN", "KPROBE_EVENTS", 300);
    overMawk(
        "R5",
        "plan of one function / mawk, graph of 3 GB",
        0.35,
        0.22,
        "PLAN_ONE_FUNCTION",
        "FUNCTION_GRAPH",
        3000);
    atMost(
        "R6",
        "plan / BufferedReader.readLine, graph of 3 GB",
        1.0,
        0.75,
        over(read("PLAN", "FUNCTION_GRAPH", 3000), read("READ_LINE", "FUNCTION_GRAPH", 3000)));
    atMost(
        "R7",
        "durations pushed to the right / to the left",
        1.15,
        1.05,
        over(read("PLAN", "FUNCTION_GRAPH_RIGHT", 300), read("PLAN", "FUNCTION_GRAPH", 300)));
  }

  private void fleet() {
    Optional<Score> fleet = measured.find("Fleet.FLEET", 1, Score.paramsOf());
    atMost(
        "F1",
        "fleet of 500 hosts, %s MB / their plans one by one, warm"
            .formatted(fleet.map(score -> score.params().get("mb")).orElse("2000")),
        1.15,
        1.0,
        over(fleet.map(Score::estimate), find("Fleet.ONE_BY_ONE", 1)));
  }

  private void start() {
    String[][] asked = {
      {"L1", "--help", "HELP"},
      {"L2", "plan of a sample", "PLAN_OF_A_SAMPLE"},
      {"L3", "--version", "VERSION"},
      {"L4", "explain", "EXPLAIN"}
    };
    for (String[] one : asked) {
      atMost(
          one[0],
          "launcher / java -jar, " + one[1],
          0.6,
          0.5,
          over(started("LAUNCHER", one[2]), started("JAVA_JAR", one[2])));
    }
  }

  /**
   * Each pool over ours at 1 thread, as predicted and as measured: how many times one the other.
   */
  private void scale() {
    for (int threads = 1; threads <= 2; threads++) {
      for (String design : PREDICTED) {
        if (threads == 1 && design.equals(OURS)) {
          continue; // that is what the others are compared with
        }
        Optional<Estimate> predicted = over(predicted(threads, design), predicted(1, OURS));
        Optional<Estimate> found = over(compared(threads, design), compared(1, OURS));
        atMost(
            "X1",
            "scale model and %s, %d thread%s: one over the other"
                .formatted(
                    design.toLowerCase(Locale.ROOT).replace('_', ' '),
                    threads,
                    threads == 1 ? "" : "s"),
            1.25,
            1.1,
            over(predicted, found).map(Estimate::away));
      }
    }
  }

  /** Times, and no ratios: how long somebody waits for a prediction. */
  private void simulation() {
    simulated("V1", 100, 50, "RING");
    simulated("V2", 250, 125, "HLIST_QUEUED");
    simulated("V2", 250, 125, "FREELIST");
    atMost(
        "V3",
        "s for a freelist with 13 numbers of threads up to 96",
        5,
        2.5,
        seconds(ScaleRun.Asked.FREELIST_UP_TO_96_CPUS));
    atMost(
        "V4",
        "s for every pool with 1 and 1024 threads",
        10,
        5,
        seconds(ScaleRun.Asked.SERVER_OF_1024_CPUS));
    atMost("V5", "s for kretsim scale without options", 10, 5, seconds(ScaleRun.Asked.DEFAULT));
  }

  private void simulated(String id, double gate, double goal, String design) {
    String name = design.toLowerCase(Locale.ROOT).replace('_', ' ');
    for (int cpus : new int[] {8, 32, 96}) {
      atMost(
          id,
          "ns a simulated access, %s, %d CPUs".formatted(name, cpus),
          gate,
          goal,
          find("SimulationBenchmark.point", 1, "design=" + design, "cpus=" + cpus));
    }
  }

  private Optional<Estimate> seconds(ScaleRun.Asked asked) {
    return find(asked.benchmark(), 1).map(ns -> ns.over(new Estimate(1e9, 1e9, 1e9)));
  }

  /** Measured while the machine was as predictions take it to be. */
  private Optional<Estimate> compared(int threads, String design) {
    return find("Scale.measured", threads, "design=" + design);
  }

  private Optional<Estimate> predicted(int threads, String design) {
    return find("Scale.predicted", threads, "design=" + design);
  }

  private void overMawk(
      String id, String ratio, double gate, double goal, String program, String text, int mb) {
    atMost(id, ratio, gate, goal, over(read(program, text, mb), read("MAWK", text, mb)));
  }

  private Optional<Estimate> ours(int threads) {
    return pool(threads, OURS);
  }

  private Optional<Estimate> pool(int threads, String design) {
    return find(POP_AND_PUSH, threads, "design=" + design, "capacity=16", "holdTokens=0");
  }

  private Optional<Estimate> stormpot(int threads) {
    return Stream.of(Peer.STORMPOT, Peer.STORMPOT_THREAD_TAP)
        .flatMap(peer -> pool(threads, peer.name()).stream())
        .min((a, b) -> Double.compare(a.value(), b.value()));
  }

  private Optional<Estimate> hit(int threads, int functions, String design) {
    return find(HIT, threads, "design=" + design, "functions=" + functions, "memory=" + Words.REAL);
  }

  private Optional<Estimate> plan(String method, int load) {
    return find(PLANNER + method, 1, "load=" + load, "hold=EXPONENTIAL");
  }

  private Optional<Estimate> replications(String method) {
    return find("ReplicationsBenchmark." + method, 1);
  }

  private Optional<Estimate> read(String program, String text, int mb) {
    return find("Reader." + program, 1, "text=" + text, "mb=" + mb);
  }

  private Optional<Estimate> started(String way, String asked) {
    return find("Start." + way, 1, "asked=" + asked);
  }

  private Optional<Estimate> find(String benchmark, int threads, String... params) {
    return measured.find(benchmark, threads, Score.paramsOf(params)).map(Score::estimate);
  }

  private static Optional<Estimate> over(Optional<Estimate> above, Optional<Estimate> below) {
    return above.isEmpty() || below.isEmpty()
        ? Optional.empty()
        : Optional.of(above.get().over(below.get()));
  }

  private void atMost(String id, String ratio, double gate, double goal, Optional<Estimate> found) {
    bars.add(new Bar(id, ratio, gate, goal, true, found));
  }

  private void atLeast(
      String id, String ratio, double gate, double goal, Optional<Estimate> found) {
    bars.add(new Bar(id, ratio, gate, goal, false, found));
  }
}
