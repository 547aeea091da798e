package dev.kretsim.plan.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kretsim.plan.FunctionPlan.Stretch;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The picture of who is inside loses neither time nor peaks, however long it gets. */
class OccupancyTest {
  @Test
  void meanAndVarianceAreThoseOfTheSteps() {
    Occupancy occupancy = new Occupancy();
    occupancy.change(1_000_000_000_000L, 1);
    occupancy.change(1_000_000_000_030L, 4);
    occupancy.change(1_000_000_000_040L, 0);
    occupancy.change(1_000_000_000_060L, 0);
    double mean = (30 * 1 + 10 * 4) / 60.0;
    assertThat(occupancy.mean()).isCloseTo(mean, within(1e-12));
    assertThat(occupancy.burstiness())
        .isCloseTo(((30 * 1 + 10 * 16) / 60.0 - mean * mean) / mean, within(1e-12));
  }

  @Test
  void stretchesHoldAllTimeAndTheHighestPeak() {
    for (int seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Occupancy occupancy = new Occupancy();
      long now = random.nextLong(1L << 50);
      int peak = 0;
      for (int i = 0; i < 3000; i++) {
        int inside = random.nextInt(1 + random.nextInt(100));
        peak = Math.max(peak, inside);
        occupancy.change(now, inside);
        now += random.nextInt(20) == 0 ? random.nextLong(1L << random.nextInt(1, 40)) : 3;
      }
      occupancy.change(now, 0);
      List<Stretch> picture = occupancy.stretches();
      assertThat(picture).hasSizeLessThanOrEqualTo(512);
      assertThat(picture.stream().mapToInt(Stretch::peak).max()).hasValue(peak);
      for (Stretch stretch : picture) {
        assertThat(stretch.mean()).as("seed %d", seed).isBetween(0.0, (double) stretch.peak());
      }
    }
  }

  @Test
  void theStretchesTogetherHaveTheMeanOfTheWhole() {
    for (int seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Occupancy occupancy = new Occupancy();
      long first = random.nextLong(1L << 40);
      long now = first;
      occupancy.already(random.nextInt(5));
      for (int i = 0; i < 2000; i++) {
        occupancy.change(now, random.nextInt(50));
        now += random.nextInt(9) == 0 ? random.nextLong(1L << random.nextInt(1, 30)) : 3;
      }
      occupancy.change(now, 0);
      List<Stretch> picture = occupancy.stretches();
      double area = 0;
      for (int i = 0; i < picture.size(); i++) {
        long from = picture.get(i).fromNs();
        long to = i + 1 < picture.size() ? picture.get(i + 1).fromNs() : now - first;
        assertThat(to).as("seed %d", seed).isGreaterThanOrEqualTo(from);
        area += picture.get(i).mean() * (to - from);
      }
      assertThat(picture.get(0).fromNs()).isZero();
      assertThat(area / (now - first))
          .as("seed %d", seed)
          .isCloseTo(occupancy.mean(), within(1e-9 * occupancy.mean()));
    }
  }

  @Test
  void aTimeThatIsOverIsTakenForTheLastOne() {
    Occupancy occupancy = new Occupancy();
    occupancy.change(100, 2);
    occupancy.change(90, 5);
    occupancy.change(110, 0);
    assertThat(occupancy.mean()).isEqualTo(5);
    assertThat(new Occupancy().stretches()).isEmpty();
  }

  @Test
  void stretchesOfTimePutTogetherAreAsBurstyAsOne() {
    Occupancy whole = new Occupancy();
    Occupancy first = new Occupancy();
    Occupancy second = new Occupancy();
    int[] inside = {1, 4, 0, 2, 7, 3};
    for (int i = 0; i < inside.length; i++) {
      whole.change(10L * i, inside[i]);
      (i < 3 ? first : second).change(10L * i, inside[i]);
    }
    whole.change(60, 0);
    first.change(30, 0);
    second.change(60, 0);
    assertThat(Occupancy.burstiness(List.of(first, second)))
        .isCloseTo(whole.burstiness(), within(1e-12));
  }

  @Test
  void thePictureIsAsFineAsThereIsRoomFor() {
    Occupancy occupancy = new Occupancy();
    occupancy.change(7_000, 1);
    occupancy.change(7_000 + 512, 3);
    occupancy.change(7_000 + 1024, 0);
    List<Stretch> picture = occupancy.stretches();
    assertThat(picture).hasSizeBetween(257, 512);
    for (int i = 0; i < picture.size(); i++) {
      long from = picture.get(i).fromNs();
      assertThat(from).isEqualTo(i * picture.get(1).fromNs());
      if (from < 1024) {
        int inside = from < 512 ? 1 : 3;
        assertThat(picture.get(i).mean()).as("from %d ns", from).isEqualTo(inside);
        assertThat(picture.get(i).peak()).as("from %d ns", from).isBetween(inside, 3);
      }
    }
    assertThat(picture.get(1).peak()).isEqualTo(1);
  }
}
