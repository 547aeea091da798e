package dev.kretsim.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.memory.YieldingMemory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several CPUs at one lock; the broken twins show that what passes here could have failed. */
class RawSpinLockRaceTest {
  private static final int SEEDS = 1_000;
  private static final int SEEDS_FOR_TWINS = 5_000;
  private static final int ROUNDS = 3;
  private static final int MANY_CPUS = 16;
  private static final int MANY_ROUNDS = 500;
  private static final int THREAD_RACES_FOR_TWINS = 50;

  static List<BrokenLocks.Twin> brokenTwins() {
    return BrokenLocks.all();
  }

  private static void race(LockRaceCheck.Form form, int seed) {
    LockRaceCheck.run(form, 2 + seed / 2 % 3, ROUNDS, seed);
  }

  @ParameterizedTest
  @EnumSource(LockKind.class)
  void oneCpuAtATimeIsInsideWhateverTheInterleaving(LockKind kind) {
    for (int seed = 0; seed < SEEDS; seed++) {
      race(kind::create, seed);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0xfffd, 0xfffe, 0xffff})
  void ticketsWrapAroundAtSixteenBits(long firstTicket) {
    for (int seed = 0; seed < SEEDS; seed++) {
      race((memory, word, cpus) -> new TicketSpinLock(memory, word, cpus, firstTicket), seed);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenTwins")
  void aBrokenTwinIsCaughtByTheBreachThatItIsThereFor(BrokenLocks.Twin twin) {
    Set<String> breaches = new TreeSet<>();
    for (int seed = 0; seed < SEEDS_FOR_TWINS; seed++) {
      String breach = breach(twin, seed);
      if (breach.contains(twin.symptom())) {
        return;
      }
      breaches.add(breach);
    }
    throw new AssertionError(twin + " never showed: " + twin.symptom() + ", but " + breaches);
  }

  private static String breach(BrokenLocks.Twin twin, int seed) {
    try {
      race(twin.form(), seed);
      return "";
    } catch (AssertionError caught) {
      return String.valueOf(caught.getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource(LockKind.class)
  void moreEmulatedCpusThanRealOnesGetThrough(LockKind kind) throws InterruptedException {
    assertThat(threadRace(kind::create)).isEmpty();
  }

  @Test
  void realThreadsCatchALockThatTestsAndThenSets() throws InterruptedException {
    for (int run = 0; run < THREAD_RACES_FOR_TWINS; run++) {
      if (threadRace(
              (memory, word, cpus) ->
                  new BrokenLocks.TestThenSetLock(new YieldingMemory(memory), word, cpus))
          .isPresent()) {
        return;
      }
    }
    throw new AssertionError("not caught in " + THREAD_RACES_FOR_TWINS + " runs");
  }

  /** What went wrong when each CPU, a real thread, counted under the lock. */
  private static Optional<String> threadRace(LockRaceCheck.Form form) throws InterruptedException {
    Layout layout = new Layout();
    int word = layout.reserve(RawSpinLock.WORDS);
    CpuContexts cpus = new CpuContexts(MANY_CPUS, RealMemory::new);
    RawSpinLock lock = form.create(new RealMemory(layout), word, cpus);
    long[] counted = new long[1];
    AtomicReference<@Nullable String> failure = new AtomicReference<>();
    CountDownLatch start = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(MANY_CPUS);
    for (int cpu = 0; cpu < MANY_CPUS; cpu++) {
      int me = cpu;
      new Thread(
              () -> {
                try {
                  start.await();
                  for (int round = 0; round < MANY_ROUNDS; round++) {
                    long irqs = lock.lockIrqSave(me);
                    counted[0]++;
                    lock.unlockIrqRestore(me, irqs);
                  }
                } catch (InterruptedException | RuntimeException | Error e) {
                  failure.set(e.toString());
                } finally {
                  done.countDown();
                }
              })
          .start();
    }
    start.countDown();
    done.await();
    long right = (long) MANY_CPUS * MANY_ROUNDS;
    return failure.get() == null && counted[0] != right
        ? Optional.of("counted " + counted[0])
        : Optional.ofNullable(failure.get());
  }
}
