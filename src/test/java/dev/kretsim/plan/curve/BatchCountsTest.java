package dev.kretsim.plan.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Numbers are counted in batches, whichever way they are told. */
class BatchCountsTest {
  private static final int MOST = 8;
  private static final int NUMBERS = 40;

  private static int[] random(long seed, int count) {
    return new SplittableRandom(seed).ints(count, 0, NUMBERS).toArray();
  }

  private static void assertSame(BatchCounts some, BatchCounts expected, String what) {
    assertThat(some.calls()).as(what).isEqualTo(expected.calls());
    assertThat(some.length()).as(what).isEqualTo(expected.length());
    assertThat(some.full()).as(what).isEqualTo(expected.full());
    assertThat(some.peak()).as(what).isEqualTo(expected.peak());
    assertThat(some.tail(NUMBERS)).as(what).isEqualTo(expected.tail(NUMBERS));
    assertThat(some.tails(NUMBERS)).as(what).isEqualTo(expected.tails(NUMBERS));
  }

  @Test
  void manyAtOnceAreCountedAsOneByOne() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int[] numbers = random(seed, random.nextInt(300));
      BatchCounts single = new BatchCounts(MOST, 3);
      for (int number : numbers) {
        single.add(number);
      }
      BatchCounts many = new BatchCounts(MOST, 3);
      for (int at = 0; at < numbers.length; ) {
        int some = random.nextInt(1, numbers.length - at + 1);
        many.addAll(Arrays.copyOfRange(numbers, at, at + some), some);
        at += some;
      }
      assertSame(many, single, "seed " + seed);
    }
  }

  @Test
  void eachBatchHoldsTheCallsOfItsTime() {
    BatchCounts counts = new BatchCounts(4, 2);
    for (int call = 0; call < 14; call++) {
      counts.add(call);
    }
    // The third time that four were full: 4 calls each, and 2 in the one begun.
    assertThat(counts.length()).isEqualTo(4);
    assertThat(counts.full()).isEqualTo(3);
    assertThat(counts.peak()).isEqualTo(14);
    double[][] tails = counts.tails(14);
    assertThat(tails).hasNumberOfRows(3);
    for (int batch = 0; batch < 3; batch++) {
      for (int number = 0; number < 14; number++) {
        assertThat(tails[batch][number])
            .as("batch %d, %d or more", batch, number)
            .isEqualTo(Math.min(4, Math.max(0, 4 * (batch + 1) - number)));
      }
    }
    assertThat(counts.tail(14)[0]).isEqualTo(14);
    assertThat(counts.tail(14)[13]).isEqualTo(1);
    assertThat(counts.tail(5)[4]).as("all from there on").isEqualTo(10);
  }

  @Test
  void aCallThatBranchesWeighsInItsOwnBatch() {
    BatchCounts counts = new BatchCounts(4, 1);
    counts.add(3, 0.5);
    counts.add(9, 0.25);
    counts.endCall();
    counts.add(1, 1);
    counts.endCall();
    assertThat(counts.calls()).isEqualTo(2);
    assertThat(counts.peak()).isEqualTo(10);
    assertThat(counts.tails(10)[0][0]).isCloseTo(0.75, within(0.0));
    assertThat(counts.tails(10)[0][4]).isCloseTo(0.25, within(0.0));
    assertThat(counts.tails(10)[1][0]).isEqualTo(1);
  }

  @Test
  void aCopyGoesItsOwnWay() {
    for (int before : new int[] {0, 5, 100}) {
      BatchCounts counts = new BatchCounts(MOST, 3);
      BatchCounts expected = new BatchCounts(MOST, 3);
      counts.addAll(random(1, before), before);
      expected.addAll(random(1, before), before);
      BatchCounts copy = counts.copy();
      assertSame(copy, expected, "copied after " + before);
      copy.addAll(random(2, 60), 60);
      assertSame(counts, expected, "the copy has gone on after " + before);
      counts.addAll(random(2, 60), 60);
      assertSame(copy, counts, "both have gone the same way from " + before);
    }
  }
}
