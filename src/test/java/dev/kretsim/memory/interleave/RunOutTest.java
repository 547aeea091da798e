package dev.kretsim.memory.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Operations that a pace has stopped run out: nothing of it may remain. */
class RunOutTest {
  private static final int WORDS = 4;
  private static final long NONE_HELD = 0;

  private final Layout layout = new Layout();
  private final int first = layout.reserve(WORDS);

  private static Interleaving.Strand start(
      Interleaving interleaving, LongSupplier operation, SplittableRandom pace) {
    return interleaving.start(
        operation, (kind, memory, word, one, two) -> !kind.waits() && pace.nextInt(3) == 0);
  }

  /** Accesses of all kinds, a loop, and a word that keeps others away for a while. */
  private long mixed(Memory memory, int words) {
    memory.getAndAdd(words, 1);
    long sum = memory.getAndBitwiseOr(words + 1, 4);
    int loop = memory.loop();
    while ((sum = memory.again(loop, sum)) % 7 != 0) {
      sum = memory.compareAndExchange(words + 1, sum, sum + 1) == sum ? sum + 1 : 7;
    }
    while (memory.getAndSet(words + 2, 1) != NONE_HELD) {
      memory.awaitEqual(words + 2, -1, NONE_HELD);
    }
    memory.set(words + 3, memory.get(words + 3) + sum + 1);
    memory.setRelease(words + 2, NONE_HELD);
    return memory.getAndAdd(words, -1);
  }

  private List<Long> run(Interleaving interleaving, long seed) {
    Memory memory = interleaving.create(layout);
    SplittableRandom random = new SplittableRandom(seed);
    List<Interleaving.Strand> strands = new ArrayList<>();
    List<Long> seen = new ArrayList<>();
    for (int cpu = 0; cpu < 3; cpu++) {
      strands.add(start(interleaving, () -> mixed(memory, first), random));
    }
    for (int step = 0; step < 200; step++) {
      Interleaving.Strand strand = strands.get(random.nextInt(strands.size()));
      if (strand.finished()) {
        seen.add(strand.result());
        strand.again();
      } else if (strand.runnable()) {
        strand.step();
      }
      for (int word = first; word < first + WORDS; word++) {
        seen.add(memory.get(word));
      }
    }
    return seen;
  }

  @Test
  void memoryHoldsAtEachMomentWhatItHoldsIfStoppedOperationsAreLeftAtOnce() {
    for (int seed = 0; seed < 100; seed++) {
      assertThat(run(new Interleaving(), seed))
          .as("seed %d", seed)
          .isEqualTo(run(Interleaving.rerunningAll(), seed));
    }
  }

  @Test
  void anErrorThatAnOperationMeetsOnlyAsItRunsOutIsNone() {
    Interleaving interleaving = new Interleaving();
    Memory memory = interleaving.create(layout);
    LongSupplier operation =
        () -> {
          if (memory.getAndAdd(first, 1) == 0) {
            throw new IllegalStateException("nobody was here before");
          }
          return 1;
        };
    Interleaving.Strand one = interleaving.start(operation, (kind, m, word, a, b) -> false);
    memory.set(first, 1);
    one.step();
    assertThat(one.result()).isEqualTo(1);

    memory.set(first, 0);
    one.again();
    assertThatThrownBy(one::step).hasMessage("nobody was here before");
  }

  @Test
  void whatGoesOnForEverAloneIsLeft() {
    Interleaving interleaving = new Interleaving();
    Memory memory = interleaving.create(layout);
    Interleaving.Strand strand =
        interleaving.start(
            () -> {
              while (memory.getAcquire(first) == 0) {
                memory.getAndAdd(first + 1, 1);
              }
              return memory.get(first + 1);
            },
            (kind, m, word, a, b) -> false);
    strand.step();
    strand.step();
    memory.set(first, 1);
    strand.step();
    strand.step();
    assertThat(strand.result()).isEqualTo(1);
  }
}
