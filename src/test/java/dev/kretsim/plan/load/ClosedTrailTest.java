package dev.kretsim.plan.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.plan.curve.Occupancy;
import dev.kretsim.plan.curve.OccupancyProbe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** Threads that call and think by turns, played once more without a heap. */
class ClosedTrailTest {
  private static final int CALLS = 400;

  private static DoubleSupplier lengths(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return () -> 1000 * random.nextDouble();
  }

  private static double[] begins(int threads, SplittableRandom random) {
    double[] begins = new double[threads];
    for (int thread = 0; thread < threads; thread++) {
      begins[thread] = 3000 * random.nextDouble();
    }
    return begins;
  }

  /** What is told of a call: when it comes, who is inside then, and its index. */
  private record Seen(double timeNs, int inside, int index, double holdNs) {}

  private static List<Seen> played(Trail trail, int calls) {
    List<Seen> seen = new ArrayList<>();
    for (int call = 0; call < calls; call++) {
      int inside = trail.arrive();
      int index = trail.enter();
      seen.add(new Seen(trail.nowNs, inside, index, trail.lastHoldNs()));
    }
    return seen;
  }

  /** Each thread's next moment is looked for among all of them. */
  private static List<Seen> plainly(double[] begins, DoubleSupplier holds, DoubleSupplier thinks) {
    double[] next = begins.clone();
    int[] index = new int[next.length];
    Arrays.fill(index, -1);
    TreeSet<Integer> free = new TreeSet<>();
    for (int i = 0; i < next.length; i++) {
      free.add(i);
    }
    List<Seen> seen = new ArrayList<>();
    while (seen.size() < CALLS) {
      int first = 0;
      for (int thread = 1; thread < next.length; thread++) {
        first = next[thread] < next[first] ? thread : first;
      }
      if (index[first] >= 0) {
        free.add(index[first]);
        index[first] = -1;
        next[first] += thinks.getAsDouble();
      } else {
        int inside = next.length - free.size();
        index[first] = free.pollFirst();
        double hold = holds.getAsDouble();
        seen.add(new Seen(next[first], inside, index[first], hold));
        next[first] += hold;
      }
    }
    return seen;
  }

  @Test
  void aHeapOfThreadsPlaysAsAListOfThem() {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] begins = begins(random.nextInt(1, 20), random);
      Trail trail = new ClosedTrail(begins, lengths(seed), lengths(-seed - 1));
      assertThat(played(trail, CALLS))
          .as("%d threads, seed %d", begins.length, seed)
          .isEqualTo(plainly(begins, lengths(seed), lengths(-seed - 1)));
    }
  }

  @Test
  void whoLeavesLeavesBeforeWhoComesAtTheSameTime() {
    Trail trail = new ClosedTrail(new double[] {0, 0, 0}, () -> 10, () -> 0);
    assertThat(played(trail, 9))
        .extracting(Seen::inside)
        .containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2);
    Trail apart = new ClosedTrail(new double[] {10, 0, 5}, () -> 10, () -> 10);
    assertThat(played(apart, 6)).extracting(Seen::inside).containsExactly(0, 1, 1, 0, 1, 1);
  }

  @Test
  void aCopyGoesOnFromWhereItWasMade() {
    double[] begins = begins(9, new SplittableRandom(1));
    Trail trail = new ClosedTrail(begins, () -> 700, () -> 900);
    played(trail, 100);
    Trail copy = new ClosedTrail(new double[9], () -> 700, () -> 900);
    copy.copyFrom(trail);
    assertThat(played(copy, 100)).isEqualTo(played(trail, 100));
  }

  @Test
  void whoIsInsideIsLookedAtWhileTimePasses() {
    Occupancy occupancy = new Occupancy();
    Trail trail = new ClosedTrail(new double[] {0, 50}, () -> 30, () -> 70);
    trail.probe = new OccupancyProbe(occupancy, 0, 1);
    played(trail, 2000);
    // Each of two threads is inside for 30 of 100 ns, never both.
    assertThat(occupancy.mean()).isBetween(0.55, 0.65);
  }
}
