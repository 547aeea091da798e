package dev.kretsim.plan.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.plan.Interval;
import dev.kretsim.plan.curve.WeightedCurve;
import dev.kretsim.plan.formula.ErlangB;
import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Distribution;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is simulated depends on the seed alone, and its bounds hold as often as they say. */
class SyntheticRunTest {
  private static final double FLOOR = 1e-3;

  private static SyntheticLoad random(double load, String hold) {
    Distribution law = Distribution.parse(hold);
    return new SyntheticLoad.Open(Arrivals.poisson("", load * 1e9 / law.meanNs()), law);
  }

  private static SyntheticRun run(SyntheticLoad load, long seed, long calls, int processors) {
    return new SyntheticRun(
        load,
        seed,
        new SyntheticRun.Effort(calls, 0.2, FLOOR, 0.95, 50_000_000),
        processors,
        share -> {});
  }

  private static List<Object> everything(SyntheticRun run) {
    WeightedCurve curve = run.play();
    List<Object> all = new ArrayList<>();
    all.add(List.of(run.calls(), run.events(), run.spanNs(), run.inside(), run.burstiness()));
    all.add(run.stretches());
    all.add(run.holds().buckets());
    for (int c = 0; c <= curve.peak(); c++) {
      all.add(curve.ratio(c));
      all.add(curve.bounds(c));
    }
    return all;
  }

  @ParameterizedTest(name = "{0} calls")
  @ValueSource(longs = {7, 30_001})
  void howManyProcessorsPlayItIsOfNoAccount(long calls) {
    List<SyntheticLoad> loads =
        List.of(
            random(4, "lognormal(mean=1ms,sigma=1)"),
            new SyntheticLoad.Open(
                Arrivals.parse("mmpp(rates=1000/s:9000/s,stay=20ms:5ms)"),
                Distribution.parse("fixed(1ms)")),
            new SyntheticLoad.Closed(
                9, Distribution.parse("exponential(mean=2ms)"), Distribution.parse("fixed(1ms)")));
    for (SyntheticLoad load : loads) {
      List<Object> alone = everything(run(load, 3, calls, 1));
      assertThat(everything(run(load, 3, calls, 2))).as("%s", load).isEqualTo(alone);
      assertThat(everything(run(load, 3, calls, 7))).as("%s", load).isEqualTo(alone);
      assertThat(everything(run(load, 4, calls, 1))).as("%s", load).isNotEqualTo(alone);
    }
  }

  @Tag("long")
  @Test
  void norWhereItGoesOnUntilItIsPrecise() {
    howManyProcessorsPlayItIsOfNoAccount(0);
  }

  @Test
  void asManyCallsAreCountedAsWereAskedFor() {
    for (long calls : new long[] {1, 15, 16, 17, 12_345}) {
      SyntheticRun run = run(random(2, "fixed(1ms)"), 1, calls, 2);
      run.play();
      assertThat(run.calls()).isEqualTo(calls);
    }
  }

  @Test
  void manyInsideAreNotKeptByManyReplications() {
    assertThat(run(random(1, "fixed(1ms)"), 1, 1, 1).replications()).isEqualTo(16);
    assertThat(run(random(4096, "fixed(1ms)"), 1, 1, 1).replications()).isEqualTo(16);
    assertThat(run(random(1 << 14, "fixed(1ms)"), 1, 1, 1).replications()).isEqualTo(4);
    assertThat(run(random(1 << 18, "fixed(1ms)"), 1, 1, 1).replications()).isEqualTo(1);
  }

  @Test
  void whoIsInsideIsShownOnceItHasBeenForgottenThatTheRunBeganWithNone() {
    SyntheticRun run = run(random(100, "fixed(1ms)"), 1, 40_000, 1);
    run.play();
    assertThat(run.stretches().get(0).mean()).isBetween(70.0, 130.0);
    assertThat(run.burstiness()).isBetween(0.7, 1.3);
    assertThat(run.inside() / run.replications()).isBetween(80, 120);
    assertThat(run.spanNs() / run.calls()).as("ns a call").isBetween(9_000.0, 11_000.0);
  }

  @Test
  void progressGoesUpToTheWhole() {
    List<Double> shares = new ArrayList<>();
    new SyntheticRun(
            random(2, "fixed(1ms)"),
            1,
            new SyntheticRun.Effort(160_000, 0.2, FLOOR, 0.95, 50_000_000),
            1,
            shares::add)
        .play();
    assertThat(shares).isSorted().hasSizeBetween(16, 64);
    assertThat(shares.get(0)).isEqualTo(4096 / 160_000.0);
    assertThat(shares.get(shares.size() - 1)).isEqualTo(1);
  }

  @Test
  void aRunGoesOnUntilItIsPreciseAndNoLonger() {
    SyntheticLoad load = random(5, "exponential(mean=1ms)");
    SyntheticRun rough = upTo(load, 0.2, 50_000_000);
    WeightedCurve curve = rough.play();
    assertThat(curve.isWithin(0.2, FLOOR)).isTrue();
    SyntheticRun fine = upTo(load, 0.01, 50_000_000);
    assertThat(fine.play().isWithin(0.01, FLOOR)).isTrue();
    assertThat(fine.calls()).isGreaterThan(rough.calls());
    SyntheticRun limited = upTo(load, 0.01, 1_000_000);
    assertThat(limited.play().isWithin(0.01, FLOOR)).isFalse();
    assertThat(limited.events()).as("all it may").isBetween(800_000L, 1_100_000L);
  }

  @Test
  void aRunOfMoreCallsThanFitEndsWhereItHasDoneAllItMay() {
    SyntheticLoad load = random(5, "exponential(mean=1ms)");
    SyntheticRun run =
        new SyntheticRun(
            load,
            1,
            new SyntheticRun.Effort(10_000_000, 0.01, FLOOR, 0.95, 1_000_000),
            2,
            share -> {});
    WeightedCurve curve = run.play();
    assertThat(run.events()).isBetween(1_000_000L, 1_100_000L);
    assertThat(run.calls()).isLessThan(1_000_000);
    assertThat(curve.isWithin(0.5, FLOOR)).as("its bounds are of use").isTrue();
  }

  private static SyntheticRun upTo(SyntheticLoad load, double precision, long mostEvents) {
    return new SyntheticRun(
        load,
        1,
        new SyntheticRun.Effort(0, precision, FLOOR, 0.95, mostEvents),
        2,
        share -> assertThat(share).isBetween(0.0, 1.0));
  }

  @Test
  void replicationsDrawFromStreamsOfTheirOwn() {
    SyntheticLoad.Streams streams = new SyntheticLoad.Streams(1);
    List<Long> firsts = new ArrayList<>();
    for (int replication = 0; replication < 16; replication++) {
      SyntheticLoad.Streams.OfOne own = streams.next();
      for (int source = 0; source < 3; source++) {
        firsts.add(own.next().nextLong());
      }
    }
    assertThat(firsts).doesNotHaveDuplicates();
  }

  /** As many curves lie wholly within their bounds as promised; Erlang B is the truth. */
  @Tag("long")
  @ParameterizedTest(name = "load {0}, hold {1}")
  @CsvSource(
      delimiter = '|',
      value = {"1|exponential(mean=1ms)|8000", "5|fixed(1ms)|12000"})
  void theWholeCurveIsWithinItsBoundsAsOftenAsTheySay(double load, String hold, long calls) {
    double[] truth = ErlangB.losses(load, 60);
    int runs = 250;
    int covered = 0;
    for (int seed = 1; seed <= runs; seed++) {
      WeightedCurve curve = run(random(load, hold), seed, calls, 1).play();
      boolean whole = true;
      for (int c = 1; truth[c] >= FLOOR; c++) {
        Interval bounds = curve.bounds(c);
        whole &= bounds.low() <= truth[c] && truth[c] <= bounds.high();
      }
      covered += whole ? 1 : 0;
    }
    assertThat((double) covered / runs).isBetween(0.92, 0.975);
  }
}
