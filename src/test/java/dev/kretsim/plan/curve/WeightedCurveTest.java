package dev.kretsim.plan.curve;

import static dev.kretsim.plan.curve.PlainBatchMeans.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kretsim.plan.Interval;
import dev.kretsim.plan.formula.InsideLaw;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The curve and its bounds, worked out once more from few calls. */
class WeightedCurveTest {
  private static final double CONFIDENCE = 0.95;
  private static final double FLOOR = 0.01;
  private static final Offset<Double> EXACTLY = within(1e-12);

  /** The indexes of four calls in each of some batches. */
  private static final int[][] CLUMPED = {
    {0, 0, 0, 0}, {0, 0, 1, 0}, {0, 1, 0, 0}, {1, 0, 1, 2}, {1, 1, 0, 1}, {0, 1, 0, 2}
  };

  private static BatchCounts counts(int[]... batches) {
    BatchCounts counts =
        new BatchCounts(batches.length + batches.length % 2 + 2, batches[0].length);
    for (int[] batch : batches) {
      for (int number : batch) {
        counts.add(number);
      }
    }
    return counts;
  }

  private static WeightedCurve ofUnknownLaw(BatchCounts... replications) {
    List<BatchCounts> all = List.of(replications);
    return new WeightedCurve(all, all, InsideLaw.unknown(), CONFIDENCE, FLOOR);
  }

  /** How far each batch's share of misses is from that of all. */
  private static double[] deviations(int c, int[]... batches) {
    double[] shares = new double[batches.length];
    double mean = 0;
    for (int batch = 0; batch < batches.length; batch++) {
      for (int index : batches[batch]) {
        shares[batch] += (index >= c ? 1.0 : 0) / batches[batch].length;
      }
      mean += shares[batch] / batches.length;
    }
    for (int batch = 0; batch < batches.length; batch++) {
      shares[batch] -= mean;
    }
    return shares;
  }

  @Test
  void aRatioIsTheShareOfCallsWithThatIndexOrMore() {
    WeightedCurve curve = ofUnknownLaw(counts(CLUMPED));
    assertThat(curve.peak()).isEqualTo(3);
    assertThat(curve.ratio(0)).isEqualTo(1);
    assertThat(curve.ratio(1)).isEqualTo(10 / 24.0, EXACTLY);
    assertThat(curve.ratio(2)).isEqualTo(2 / 24.0, EXACTLY);
    assertThat(curve.ratio(3)).isZero();
  }

  @Test
  void theSpreadIsThatOfBatchesAndOfWhatNeighboursHaveInCommon() {
    WeightedCurve curve = ofUnknownLaw(counts(CLUMPED));
    double[] one = deviations(1, CLUMPED);
    double[] two = deviations(2, CLUMPED);
    assertThat(error(one, 1)).as("what neighbours add").isGreaterThan(error(one, 6));
    double factor = JointBounds.factor(List.of(one, two), CONFIDENCE);
    assertThat(curve.halfWidth(1)).isEqualTo(factor * error(one, 1), EXACTLY);
    assertThat(curve.halfWidth(2)).isEqualTo(factor * error(two, 1), EXACTLY);
  }

  @Test
  void replicationsAreNotNeighbours() {
    int[][] first = {CLUMPED[0], CLUMPED[1], CLUMPED[2]};
    int[][] second = {CLUMPED[3], CLUMPED[4], CLUMPED[5]};
    WeightedCurve curve = ofUnknownLaw(counts(first), counts(second));
    double[] one = deviations(1, CLUMPED);
    double[] two = deviations(2, CLUMPED);
    double factor = JointBounds.factor(List.of(one, two), CONFIDENCE);
    assertThat(curve.ratio(1)).isEqualTo(10 / 24.0, EXACTLY);
    assertThat(curve.halfWidth(1)).isEqualTo(factor * error(one, 2), EXACTLY);
    assertThat(error(one, 2)).as("what a border changes").isNotEqualTo(error(one, 1));
  }

  @Test
  void pointsOfLittleInterestDoNotWidenTheOthers() {
    BatchCounts counts = counts(CLUMPED);
    double[] one = deviations(1, CLUMPED);
    WeightedCurve coarse =
        new WeightedCurve(List.of(counts), List.of(counts), InsideLaw.unknown(), CONFIDENCE, 0.1);
    double alone = JointBounds.factor(List.of(one), CONFIDENCE);
    assertThat(coarse.halfWidth(1)).isEqualTo(alone * error(one, 1), EXACTLY);
    double both = JointBounds.factor(List.of(one, deviations(2, CLUMPED)), CONFIDENCE);
    assertThat(both).isGreaterThan(alone);
  }

  @Test
  void oneBatchTellsNothing() {
    WeightedCurve curve = ofUnknownLaw(counts(new int[] {0, 1, 0, 1}));
    assertThat(curve.ratio(1)).isEqualTo(0.5);
    assertThat(curve.halfWidth(1)).isEqualTo(1);
    assertThat(curve.bounds(1)).isEqualTo(new Interval(0, 1));
    assertThat(curve.isWithin(1, FLOOR)).isFalse();
  }

  @Test
  void aKnownLawSaysHowManyFindSoManyInside() {
    InsideLaw law = InsideLaw.poisson(0.7);
    int[][] found = {{0, 1, 0, 2}, {1, 0, 2, 0}, {2, 1, 1, 0}, {0, 2, 0, 1}, {1, 1, 0, 2}};
    int[][] missed = {{0, 1, 0, 1}, {0, 0, 2, 0}, {1, 1, 0, 0}, {0, 1, 0, 0}, {1, 0, 0, 2}};
    WeightedCurve curve =
        new WeightedCurve(List.of(counts(missed)), List.of(counts(found)), law, CONFIDENCE, FLOOR);
    double[] one = new double[missed.length];
    for (int batch = 0; batch < missed.length; batch++) {
      one[batch] = above(1, missed[batch]) - 8 / 12.0 * above(1, found[batch]);
      one[batch] /= 12.0 / missed.length;
    }
    assertThat(curve.ratio(1)).isEqualTo(law.tail(1) * 8 / 12, EXACTLY);
    assertThat(curve.ratio(2)).isEqualTo(law.tail(2) * 2 / 5, EXACTLY);
    double[] two = new double[missed.length];
    for (int batch = 0; batch < missed.length; batch++) {
      two[batch] = above(2, missed[batch]) - 2 / 5.0 * above(2, found[batch]);
      two[batch] /= 5.0 / missed.length;
    }
    double factor = JointBounds.factor(List.of(one, two), CONFIDENCE);
    assertThat(curve.halfWidth(1)).isEqualTo(factor * law.tail(1) * error(one, 1), EXACTLY);
    assertThat(curve.bounds(2).high()).isLessThanOrEqualTo(law.tail(2));
  }

  private static int above(int c, int[] numbers) {
    int count = 0;
    for (int number : numbers) {
      count += number >= c ? 1 : 0;
    }
    return count;
  }

  @Test
  void whereFewBatchesHaveACallToJudgeByTheyMayAgreeByChance() {
    InsideLaw law = InsideLaw.poisson(0.7);
    int[][] found = {{0, 1, 0, 1}, {1, 0, 2, 0}, {2, 1, 1, 0}, {0, 2, 0, 1}, {1, 1, 0, 1}};
    WeightedCurve curve =
        new WeightedCurve(List.of(counts(found)), List.of(counts(found)), law, CONFIDENCE, FLOOR);
    assertThat(curve.ratio(2)).as("all were missed").isEqualTo(law.tail(2), EXACTLY);
    assertThat(curve.halfWidth(1)).as("every batch has one").isZero();
    assertThat(curve.halfWidth(2)).as("three batches of five").isEqualTo(law.tail(2), EXACTLY);
    assertThat(curve.halfWidth(3)).as("none has").isEqualTo(law.tail(3), EXACTLY);
  }

  /** Misses enough to know their ratio well. */
  private static WeightedCurve wellKnown() {
    List<int[]> batches = new ArrayList<>();
    for (int batch = 0; batch < 20; batch++) {
      batches.add(new int[] {0, 1, 0, batch % 2 == 0 ? 1 : 0, 0, 1, 0, 0});
    }
    return ofUnknownLaw(counts(batches.toArray(int[][]::new)));
  }

  @Test
  void boundsStayBetweenNothingAndWhatThereCanBe() {
    WeightedCurve curve = ofUnknownLaw(counts(CLUMPED));
    assertThat(curve.bounds(0)).isEqualTo(new Interval(1, 1));
    assertThat(curve.bounds(2)).isEqualTo(new Interval(0, 1));
    WeightedCurve known = wellKnown();
    double ratio = known.ratio(1);
    assertThat(known.bounds(1))
        .isEqualTo(new Interval(ratio - known.halfWidth(1), ratio + known.halfWidth(1)));
  }

  @Test
  void noUpperBoundIsLowerThanWhatAsManyCallsWithoutAMissTell() {
    WeightedCurve curve = wellKnown();
    double ratio = 20 * 2.5 / 160;
    assertThat(curve.ratio(1)).isEqualTo(ratio, EXACTLY);
    assertThat(curve.halfWidth(1)).isLessThan(ratio / 2);
    assertThat(curve.bounds(2).high())
        .as("the ratio whose spread would be as large as itself")
        .isEqualTo(Math.pow(curve.halfWidth(1), 2) / ratio, EXACTLY);
  }

  @Test
  void aCurveIsWithinWhatItsWidestPointOfInterestIs() {
    WeightedCurve curve = ofUnknownLaw(counts(CLUMPED));
    double widest = curve.halfWidth(2) / curve.ratio(2);
    assertThat(widest).isGreaterThan(curve.halfWidth(1) / curve.ratio(1));
    assertThat(curve.isWithin(widest * 1.001, FLOOR)).isTrue();
    assertThat(curve.isWithin(widest * 0.999, FLOOR)).isFalse();
    assertThat(curve.isWithin(widest * 0.999, curve.ratio(2) * 1.001)).isTrue();
    assertThat(curve.isWithin(widest * 0.999, curve.ratio(2))).isFalse();
  }
}
