package dev.kretsim.plan.curve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.plan.FunctionPlan.Bucket;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds are counted in the bins of the histogram that tells of them. */
class HoldsTest {
  @Test
  void manyHoldsAreWhatAHistogramOfEachSays() {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Holds holds = new Holds();
      Histogram histogram = new Histogram(3);
      int count = 1025 + random.nextInt(5000);
      for (int i = 0; i < count; i++) {
        long holdNs = random.nextLong() >>> 1 + random.nextInt(63);
        holds.add(holdNs);
        histogram.recordValue(holdNs);
      }
      assertThat(holds.count()).as("seed %d", seed).isEqualTo(count);
      for (double share : new double[] {0, 0.001, 0.5, 0.99, 1}) {
        assertThat(holds.quantileNs(share))
            .as("seed %d share %s", seed, share)
            .isEqualTo(histogram.getValueAtPercentile(100 * share));
      }
    }
  }

  @Test
  void whatIsAddedTogetherIsWhatWasAddedOneByOne() {
    int[] counts = {0, 1, 1000, 1024, 1025, 5000};
    for (int here : counts) {
      for (int there : counts) {
        SplittableRandom random = new SplittableRandom(here + there);
        Holds all = new Holds();
        Holds one = new Holds();
        Holds other = new Holds();
        for (int i = 0; i < here + there; i++) {
          long holdNs = random.nextLong(1L << 1 + random.nextInt(40));
          all.add(holdNs);
          (i < here ? one : other).add(holdNs);
        }
        one.addAll(other);
        assertThat(one.count()).isEqualTo(here + there);
        assertThat(one.buckets()).as("%d and %d", here, there).isEqualTo(all.buckets());
      }
    }
  }

  @Test
  void ofFewHoldsEachQuantileIsOneOfThem() {
    Holds holds = new Holds();
    for (long holdNs : new long[] {70, 10, 90, 30, 50}) {
      holds.add(holdNs);
    }
    assertThat(holds.quantileNs(0.5)).isEqualTo(50);
    assertThat(holds.quantileNs(0.99)).isEqualTo(90);
    assertThat(holds.quantileNs(0)).isEqualTo(10);
    Holds more = new Holds();
    more.add(20);
    more.addAll(holds);
    assertThat(more.count()).isEqualTo(6);
    assertThat(more.meanNs()).isEqualTo(45);
  }

  @Test
  void everyHoldIsInOneBucketAndBucketsFollowOneAnother() {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      long[] all = random.longs(1 + random.nextInt(4000)).toArray();
      int atLeast = random.nextInt(64);
      Holds holds = new Holds();
      for (int i = 0; i < all.length; i++) {
        all[i] >>>= Math.max(1, 1 + random.nextInt(64 - atLeast));
        holds.add(all[i]);
      }
      List<Bucket> buckets = holds.buckets();
      long before = 0;
      long edge = buckets.get(0).fromNs();
      for (Bucket bucket : buckets) {
        assertThat(bucket.fromNs()).as("seed %d %s", seed, bucket).isEqualTo(edge);
        assertThat(bucket.toNs()).as("seed %d %s", seed, bucket).isGreaterThan(edge);
        before += bucket.count();
        edge = bucket.toNs();
        assertThat(before)
            .as("seed %d: holds below %d", seed, edge)
            .isBetween(below(all, edge / 1.001), below(all, edge * 1.001));
      }
      assertThat(before).as("seed %d", seed).isEqualTo(all.length);
      assertThat(buckets.get(0).count()).as("seed %d", seed).isPositive();
      assertThat(buckets.get(buckets.size() - 1).count()).as("seed %d", seed).isPositive();
    }
  }

  private static long below(long[] holds, double edge) {
    return LongStream.of(holds).filter(hold -> hold < edge || edge >= Long.MAX_VALUE).count();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 1L << 62, Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void aLoneHoldIsInALoneBucket(long holdNs) {
    Holds holds = new Holds();
    holds.add(holdNs);
    assertThat(holds.buckets()).singleElement().matches(bucket -> bucket.count() == 1);
  }

  @Test
  void noHoldsHaveNoBuckets() {
    assertThat(new Holds().buckets()).isEmpty();
    assertThat(new Holds().summary()).isNull();
  }
}
