package dev.kretsim.plan.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Free numbers, against a plain set of those that are taken. */
class FreeIndexesTest {
  private static final int[] RANGES = {1, 63, 64, 65, 130, 4095, 4097, 9000};

  private static void fill(FreeIndexes free, BitSet taken, int count) {
    for (int i = 0; i < count; i++) {
      assertThat(free.takeLowest()).isEqualTo(i);
      taken.set(i);
    }
  }

  private static void live(FreeIndexes free, BitSet taken, SplittableRandom random, int range) {
    for (int step = 0; step < 3000; step++) {
      int number = random.nextInt(range);
      if (taken.get(number)) {
        free.giveBack(number);
        taken.clear(number);
      } else if (random.nextBoolean()) {
        free.take(number);
        taken.set(number);
      } else {
        int lowest = free.takeLowest();
        assertThat(lowest).as("range %d, step %d", range, step).isEqualTo(taken.nextClearBit(0));
        taken.set(lowest);
      }
    }
  }

  @Test
  void theLowestIsTakenWhateverWasTakenAndGivenBack() {
    for (int range : RANGES) {
      FreeIndexes free = new FreeIndexes();
      BitSet taken = new BitSet();
      SplittableRandom random = new SplittableRandom(range);
      live(free, taken, random, range);
      FreeIndexes full = new FreeIndexes();
      BitSet all = new BitSet();
      fill(full, all, range);
      live(full, all, random, range);
    }
  }

  @Test
  void aCopyIsEqualAndGoesItsOwnWay() {
    for (int range : RANGES) {
      for (int before : RANGES) {
        FreeIndexes free = new FreeIndexes();
        BitSet taken = new BitSet();
        fill(free, taken, range);
        FreeIndexes copy = new FreeIndexes();
        fill(copy, new BitSet(), before);
        copy.copyFrom(free);
        live(copy, (BitSet) taken.clone(), new SplittableRandom(before), range);
        live(free, taken, new SplittableRandom(range), range);
      }
    }
  }
}
