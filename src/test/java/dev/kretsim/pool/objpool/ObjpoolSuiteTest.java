package dev.kretsim.pool.objpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.pool.BrokenPools;
import dev.kretsim.pool.ShippedPools;
import dev.kretsim.pool.objpool.BenchInTurns.Turn;
import dev.kretsim.pool.objpool.ObjpoolBench.Outcome;
import dev.kretsim.testkit.PoolUnderTest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cases of the kernel's own test of objpool, over every pool: in virtual time, by operation and
 * by access, and on real threads. Each run closes its books ({@link ObjpoolBench#close}); what
 * cases say about misses and drops is here.
 */
class ObjpoolSuiteTest {
  private static final int SEEDS = 2;
  private static final int SEEDS_FOR_TWINS = 40;
  private static final int ROUNDS = 300;
  private static final int ROUNDS_WITH_DELAY = 10;
  private static final String MISSED = "missed with instances free";
  private static final String LOST = "instances lost";
  private static final Set<String> SHOW_IN_BULK =
      Set.of(
          "stack without a tag",
          "list whose push is outside the lock",
          "freelist that never pays its debt",
          "freelist whose peekers hold nothing",
          "freelist that gives up a lost race",
          "ring that publishes before it writes",
          "ring that takes without an exchange",
          "owned ring that publishes early",
          "owned ring that stores its head",
          "list that misses its last one",
          "list that misses when the lock is taken",
          "list that leaves interrupts off");

  static Stream<Arguments> poolsAndCases() {
    return casesOf(pool -> true);
  }

  static Stream<Arguments> interleavingPoolsAndCases() {
    return casesOf(PoolUnderTest::interleaves);
  }

  private static Stream<Arguments> casesOf(Predicate<PoolUnderTest> wanted) {
    return ShippedPools.all().stream()
        .filter(wanted)
        .flatMap(pool -> Stream.of(ObjpoolCase.values()).map(which -> Arguments.of(pool, which)));
  }

  /**
   * Not all: to miss with instances in other rings takes tasks that move, which are not here, and
   * wrong orders show to nobody who does not follow them.
   */
  static Stream<BrokenPools.Twin> brokenTwins() {
    return BrokenPools.all().stream().filter(twin -> SHOW_IN_BULK.contains(twin.pool().name()));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("poolsAndCases")
  void aCaseHoldsWhenCpusTakeTurnsByOperation(PoolUnderTest design, ObjpoolCase which) {
    inTurns(design, which, Turn.OPERATION);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("interleavingPoolsAndCases")
  void aCaseHoldsWhenCpusTakeTurnsByAccess(PoolUnderTest design, ObjpoolCase which) {
    inTurns(design, which, Turn.ACCESS);
  }

  private static void inTurns(PoolUnderTest design, ObjpoolCase which, Turn turn) {
    long drops = 0;
    for (int cpus : new int[] {1, 2, 4}) {
      for (int seed = 0; seed < SEEDS; seed++) {
        drops += inTurns(design, which, cpus, turn, seed).drops();
      }
    }
    assertThat(drops > 0).as("drops").isEqualTo(which.async());
  }

  private static Outcome inTurns(
      PoolUnderTest design, ObjpoolCase which, int cpus, Turn turn, int seed) {
    // Cases that differ in their sizes alone get other schedules.
    long ofCase = 1_000L * which.ordinal() + seed;
    Outcome outcome = BenchInTurns.run(which, design, cpus, turn, ofCase);
    checkMisses(design, which, outcome, 1);
    return outcome;
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("poolsAndCases")
  void aCaseHoldsOnRealThreads(PoolUnderTest design, ObjpoolCase which)
      throws InterruptedException {
    for (int cpus : new int[] {2, 4}) {
      int rounds = which.delayMs() > 0 ? ROUNDS_WITH_DELAY : ROUNDS;
      Outcome outcome = BenchOnThreads.run(which, design, cpus, rounds, cpus);
      int shortOf = which.demandPerCpu() - ObjpoolCase.OBJECTS_PER_CPU;
      checkMisses(design, which, outcome, (long) shortOf * cpus);
      long workers = (long) rounds * which.threadBulk() * cpus;
      long pops = outcome.hits() + outcome.misses() + outcome.lateMisses();
      assertThat(pops).isGreaterThanOrEqualTo(workers);
      assertThat(pops > workers).as("interrupted").isEqualTo(which.timerBulk() > 0);
      // All of them meet holding what they got, and then the pool is stopped.
      long held = (long) which.threadBulk() * cpus;
      if (which.async()) {
        assertThat(outcome.drops()).isGreaterThanOrEqualTo(held);
      }
    }
  }

  /**
   * A CPU that never wants more than its share has no reason to miss. Only a freelist may find one,
   * if all shares are out to the last: an instance may be free and wait to be linked.
   *
   * @param leastOfOverrun misses to be had where more is wanted than there is
   */
  private static void checkMisses(
      PoolUnderTest design, ObjpoolCase which, Outcome outcome, long leastOfOverrun) {
    int share = ObjpoolCase.OBJECTS_PER_CPU;
    int demand = which.demandPerCpu();
    if (demand > share) {
      assertThat(outcome.misses()).as("misses").isGreaterThanOrEqualTo(leastOfOverrun);
    } else if ((demand < share || !design.name().equals("freelist")) && outcome.misses() > 0) {
      throw new AssertionError(MISSED + ": " + outcome.misses());
    }
  }

  /** What a twin does not hand out, it misses in a race, and lacks when it is retired. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenTwins")
  void aBrokenTwinIsCaughtByTheBreachThatItIsThereFor(BrokenPools.Twin twin) {
    Pattern symptom = Pattern.compile(twin.symptom() + "|^" + LOST);
    assertThat(breaches(twin.pool()).anyMatch(breach -> symptom.matcher(breach).find()))
        .as("runs that show: %s", symptom)
        .isTrue();
  }

  /** What went wrong, run by run. */
  private static Stream<String> breaches(PoolUnderTest broken) {
    return IntStream.range(0, SEEDS_FOR_TWINS)
        .boxed()
        .flatMap(seed -> Stream.of(ObjpoolCase.values()).map(which -> breach(broken, which, seed)))
        .flatMap(Optional::stream);
  }

  private static Optional<String> breach(PoolUnderTest broken, ObjpoolCase which, int seed) {
    try {
      inTurns(broken, which, 1 + seed % 4, Turn.ACCESS, seed);
      return Optional.empty();
    } catch (AssertionError caught) {
      return Optional.of(String.valueOf(caught.getMessage()));
    }
  }

  /** With one CPU, so that nobody is left waiting for the lock. */
  @Test
  void realThreadsCatchAListThatIsInterruptedUnderItsLock() {
    assertThatThrownBy(
            () ->
                BenchOnThreads.run(
                    ObjpoolCase.INTERRUPTED, BrokenPools.unlockedPush(), 1, ROUNDS, 1))
        .hasMessageContaining("self-deadlock");
  }
}
