package dev.kretsim.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.memory.interleave.Interleaving;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every back end promises, and what is particular to each. */
class MemoryTest {
  static Stream<Arguments> backEnds() {
    return Stream.of(
        Arguments.of("real", (Memory.Factory) RealMemory::new),
        Arguments.of("plain", (Memory.Factory) PlainMemory::new),
        Arguments.of("interleaved", new Interleaving()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backEnds")
  void everyOperationAnswersWithWhatTheWordHeldBefore(String name, Memory.Factory factory) {
    Layout layout = new Layout();
    int word = layout.reserve(1);
    Memory memory = factory.create(layout);
    assertThat(memory.get(word)).isZero();
    memory.set(word, 1);
    assertThat(memory.getAndAdd(word, 4)).isEqualTo(1);
    assertThat(memory.getAndSet(word, 8)).isEqualTo(5);
    assertThat(memory.getAndBitwiseOr(word, 3)).isEqualTo(8);
    assertThat(memory.getAndSetBits(word, 6, 4)).isEqualTo(11);
    assertThat(memory.getAndSetBits(word, 6, 2)).isEqualTo(13);
    assertThat(memory.compareAndExchange(word, 10, 99)).isEqualTo(11);
    assertThat(memory.compareAndExchange(word, 11, 99)).isEqualTo(11);
    memory.setRelease(word, memory.getAcquire(word) + 1);
    memory.setOpaque(word, memory.getOpaque(word) + 1);
    assertThat(memory.awaitEqual(word, 0xff, 101)).isEqualTo(101);
    assertThat(memory.awaitNotEqual(word, 0)).isEqualTo(101);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backEnds")
  void whatLooksFirstWritesOnlyWhereItFindsWhatItExpects(String name, Memory.Factory factory) {
    Layout layout = new Layout();
    int word = layout.reserve(1);
    Memory memory = factory.create(layout);
    assertThat(memory.testAndExchange(word, 1, 2)).isFalse();
    assertThat(memory.testAndRelease(word, 1, 2)).isFalse();
    assertThat(memory.get(word)).isZero();
    assertThat(memory.testAndExchange(word, 0, 5)).isTrue();
    assertThat(memory.get(word)).isEqualTo(5);
    assertThat(memory.testAndRelease(word, 5, 6)).isTrue();
    assertThat(memory.get(word)).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 64})
  void twoReservationsNeverShareALine(int words) {
    Layout layout = new Layout();
    int first = layout.reserve(words);
    int second = layout.reserve(1);
    int bytesApart = (second - (first + words - 1)) * Long.BYTES;
    assertThat(bytesApart).isGreaterThan(64);
    assertThat(layout.size()).isGreaterThan(second + Layout.WORDS_PER_LINE);
  }

  @Test
  void anEmptyReservationIsRefused() {
    assertThatThrownBy(() -> new Layout().reserve(0)).hasMessage("words must be >= 1: words=0");
  }

  @Test
  void aLayoutThatNoArrayHoldsIsRefusedAndStaysAsItWas() {
    Layout layout = new Layout();
    layout.reserve(Layout.MAX_WORDS - 64);
    int size = layout.size();
    assertThatThrownBy(() -> layout.reserve(100))
        .hasMessage("words in all must be <= 2147483640: in all=2147483728 words=100");
    assertThatThrownBy(() -> layout.reserve(Integer.MAX_VALUE))
        .hasMessageStartingWith("words in all must be <= 2147483640: in all=429496");
    assertThat(layout.size()).isEqualTo(size);
  }

  @Test
  void aWaitThatOneThreadAloneCannotEndIsRefused() {
    Layout layout = new Layout();
    int word = layout.reserve(1);
    Memory memory = new PlainMemory(layout);
    assertThatThrownBy(() -> memory.awaitNotEqual(word, 0))
        .hasMessage("one thread waits for itself: word=%d holds 0x0", word);
    assertThatThrownBy(() -> memory.awaitEqual(word, 1, 1)).hasMessageStartingWith("one thread");
  }

  @Test
  void aWaiterInRealMemorySeesTheChangeItWaitsFor() throws InterruptedException {
    Layout layout = new Layout();
    int word = layout.reserve(1);
    Memory memory = new RealMemory(layout);
    CountDownLatch done = new CountDownLatch(2);
    new Thread(
            () -> {
              memory.awaitEqual(word, 1, 1);
              memory.setRelease(word, 2);
              done.countDown();
            })
        .start();
    new Thread(
            () -> {
              memory.setRelease(word, 1);
              memory.awaitNotEqual(word, 1);
              done.countDown();
            })
        .start();
    done.await();
    assertThat(memory.get(word)).isEqualTo(2);
  }

  @Nested
  class AnInterleavedStrand {
    private final Interleaving interleaving = new Interleaving();
    private final Layout layout = new Layout();
    private final int word = layout.reserve(1);
    private final Memory memory = interleaving.create(layout);

    @Test
    void stopsBeforeEachAccessAndIsRunAgainFromItsStart() {
      int[] starts = new int[1];
      Interleaving.Strand strand =
          interleaving.start(
              () -> {
                starts[0]++;
                long before = memory.getAndAdd(word, 5);
                return before + memory.getAndAdd(word, 5);
              });
      assertThat(memory.get(word)).isZero();
      strand.step();
      assertThat(memory.get(word)).isEqualTo(5);
      memory.set(word, 100);
      strand.step();
      assertThat(strand.finished()).isTrue();
      assertThat(strand.result()).isEqualTo(100);
      assertThat(starts[0]).isEqualTo(3);
      assertThat(strand.accesses()).isEqualTo(2);
    }

    @Test
    void waitsUntilAnotherStrandMakesItsConditionTrue() {
      Interleaving.Strand waiter = interleaving.start(() -> memory.awaitEqual(word, -1, 7));
      assertThat(waiter.runnable()).isFalse();
      assertThatThrownBy(waiter::step).isInstanceOf(IllegalStateException.class);
      memory.set(word, 7);
      assertThat(waiter.runnable()).isTrue();
      waiter.step();
      assertThat(waiter.result()).isEqualTo(7);
    }

    @Test
    void isRefusedIfTheOperationKeepsStateOfItsOwn() {
      int[] own = new int[1];
      Interleaving.Strand strand =
          interleaving.start(() -> memory.getAndAdd(word, ++own[0]) + memory.get(word));
      assertThatThrownBy(strand::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("rerun differs, so the operation has own state");
    }

    @Test
    void isRunAgainFromTheLastRoundOfItsLoopAndNotFromTheRoundsBefore() {
      int[] rounds = new int[1];
      Interleaving.Strand strand =
          interleaving.start(
              () -> {
                long sum = memory.get(word);
                int loop = memory.loop();
                for (long round = 0; round < 50; round++) {
                  round = memory.again(loop, round);
                  sum = memory.again(memory.loop(), sum);
                  sum += memory.getAndAdd(word, 1);
                  rounds[0]++;
                }
                return sum;
              });
      while (!strand.finished()) {
        strand.step();
      }
      assertThat(strand.result()).isEqualTo(49 * 50 / 2);
      assertThat(rounds[0]).isEqualTo(50);
      assertThat(strand.accesses()).isEqualTo(51);
    }

    @Test
    void beginsAnewOnlyWhenItIsFinished() {
      Interleaving.Strand strand = interleaving.start(() -> memory.getAndAdd(word, 1));
      assertThatThrownBy(strand::again).hasMessageStartingWith("strand has not finished");
      strand.step();
      strand.again();
      assertThat(strand.finished()).isFalse();
      strand.step();
      assertThat(strand.result()).isEqualTo(1);
    }

    @Test
    void hasNoResultBeforeItIsFinished() {
      Interleaving.Strand strand = interleaving.start(() -> memory.get(word));
      assertThatThrownBy(strand::result).hasMessageStartingWith("strand has not finished");
    }
  }
}
