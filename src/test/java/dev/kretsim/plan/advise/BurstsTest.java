package dev.kretsim.plan.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.plan.FunctionPlan;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.Recommendation.Burst;
import dev.kretsim.plan.advise.ProfilePlanner.Counted;
import dev.kretsim.plan.ask.CurveOfCalls;
import dev.kretsim.plan.formula.ErlangB;
import dev.kretsim.trace.Tally;
import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Distribution;
import dev.kretsim.workload.random.Lengths;
import dev.kretsim.workload.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is said of bursts that were not seen covers what bursty loads really need. */
class BurstsTest {
  private static final double TARGET = 1e-3;
  private static final int CALLS = 100_000;
  private static final double STRONG = 8;
  private static final int LOADS = 80;

  /** Pools that are in force while snapshots are taken, in parts of the mean number inside. */
  private static final double[] IN_FORCE = {0.5, 1, 2};

  /** What calls of a load did. */
  private record Played(CurveOfCalls curve, double mean, double dispersion) {
    int needed() {
      int size = 1;
      while (curve.missed(size) > TARGET * curve.calls()) {
        size++;
      }
      return size;
    }
  }

  private static Played play(String arrivals, String hold, long seed) {
    RandomStream trunk = RandomStream.trunk(seed);
    Arrivals.Gaps gaps = Arrivals.parse(arrivals).gaps(trunk.branch());
    Lengths holds = Distribution.parse(hold).exactSampler(trunk.branch());
    double[] state = new double[Arrivals.STATE];
    gaps.begin(state);
    CurveOfCalls curve = new CurveOfCalls();
    PriorityQueue<double[]> inside = new PriorityQueue<>((a, b) -> Double.compare(a[0], b[0]));
    double now = 0;
    double before = 0;
    double sum = 0;
    double squares = 0;
    for (int call = 0; call < CALLS; call++) {
      now += gaps.next(state);
      while (!inside.isEmpty() && inside.element()[0] <= now) {
        double[] over = inside.remove();
        sum += (inside.size() + 1) * (over[0] - before);
        squares += Math.pow(inside.size() + 1, 2) * (over[0] - before);
        before = over[0];
        curve.leave((int) over[1]);
      }
      sum += inside.size() * (now - before);
      squares += Math.pow(inside.size(), 2) * (now - before);
      before = now;
      inside.add(new double[] {now + holds.getAsDouble(), curve.enter()});
    }
    double mean = sum / now;
    return new Played(curve, mean, (squares / now - mean * mean) / mean);
  }

  private static String arrivals(Random random) {
    double rate = Math.pow(10, 2.5 + random.nextDouble());
    return switch (random.nextInt(3)) {
      case 0 ->
          String.format(
              Locale.ROOT,
              "onoff(rate=%.0f/s,on=exponential(mean=%dus),off=exponential(mean=%dus))",
              3 * rate,
              300 + random.nextInt(5000),
              300 + random.nextInt(20_000));
      case 1 ->
          String.format(
              Locale.ROOT, "batch(rate=%.0f/s,size=fixed(%d))", rate / 2, 2 + random.nextInt(7));
      default ->
          String.format(
              Locale.ROOT,
              "mmpp(rates=%.0f/s:%.0f/s,stay=%dms:%dms)",
              rate / 3,
              4 * rate,
              5 + random.nextInt(100),
              1 + random.nextInt(20));
    };
  }

  @Test
  void theBandCoversWhatBurstyLoadsNeed() {
    Random random = new Random(14);
    int counted = 0;
    int ofLoad = 0;
    int atRandom = 0;
    int ofSnapshots = 0;
    List<String> beyond = new ArrayList<>();
    for (int i = 0; i < LOADS; i++) {
      String arrivals = arrivals(random);
      String hold = random.nextBoolean() ? "exponential(mean=1ms)" : "lognormal(p50=300us,p99=6ms)";
      Played played = play(arrivals, hold, i);
      if (played.dispersion() > STRONG) {
        continue;
      }
      counted++;
      int needed = played.needed();
      List<Burst> known =
          Bursts.of(dispersion -> played.mean(), TARGET, ErlangB.sizeFor(played.mean(), TARGET));
      int most = known.get(known.size() - 1).maxactive();
      atRandom += needed <= ErlangB.sizeFor(played.mean(), TARGET) ? 1 : 0;
      ofLoad += needed <= most ? 1 : 0;
      int least = Integer.MAX_VALUE;
      for (double share : IN_FORCE) {
        int told = ofSnapshots(played, Math.max(1, (int) Math.round(share * played.mean())));
        ofSnapshots += needed <= told ? 1 : 0;
        least = Math.min(least, told);
      }
      if (needed > most || needed > least) {
        beyond.add(
            arrivals
                + " "
                + hold
                + " z="
                + played.dispersion()
                + " a="
                + played.mean()
                + " needs "
                + needed
                + ", said "
                + most
                + ", "
                + least);
      }
    }
    assertThat(counted).isGreaterThan(LOADS / 3);
    assertThat((double) atRandom / counted).as("bursts are needed to need so much").isLessThan(0.5);
    assertThat((double) ofLoad / counted).as("%s", beyond).isGreaterThanOrEqualTo(0.95);
    assertThat((double) ofSnapshots / counted / IN_FORCE.length)
        .as("%s", beyond)
        .isGreaterThanOrEqualTo(0.95);
  }

  /** The same load, of which two snapshots were taken with a pool in force. */
  private static int ofSnapshots(Played played, int inForce) {
    long misses = played.curve().missed(inForce);
    FunctionPlan plan =
        new ProfilePlanner(question(TARGET))
            .plan(
                "p",
                List.of(new Counted("f", CALLS - misses, misses, null, Tally.of("a test"))),
                inForce)
            .functions()
            .get(0);
    List<Burst> bursts = plan.recommendation().ifBursty();
    return bursts.get(bursts.size() - 1).maxactive();
  }

  static PlanQuestion question(double target) {
    PlanQuestion usual = PlanQuestion.usual();
    return new PlanQuestion(
        List.of(),
        target,
        usual.confidence(),
        usual.kernel(),
        usual.preemption(),
        null,
        0,
        usual.growth(),
        null,
        usual.mapEntries(),
        usual.tool(),
        null);
  }

  @Test
  void callsAtRandomNeedNoMoreThanTheFormulaSays() {
    assertThat(Bursts.size(4, 1, TARGET)).isEqualTo(ErlangB.sizeFor(4, TARGET));
  }
}
