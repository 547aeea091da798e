package dev.kretsim.memory.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the explorer finds, what it does not take for an error, and that it leaves nothing out. */
class ExplorerTest {
  private static final int X = 16;
  private static final int Y = 40;
  private static final int WORDS = 3;

  /** The words at the end, and what each CPU's operation returned. */
  private static Explorer explorer(Consumer<long[]> ended, List<ToLongFunction<Memory>> code) {
    return new Explorer(
        interleaving -> {
          Layout layout = new Layout();
          for (String name : List.of("x", "y", "z")) {
            layout.reserve(name, 1);
          }
          Memory memory = interleaving.create(layout);
          long[] end = new long[WORDS + code.size()];
          List<Operation> operations = new ArrayList<>();
          for (int cpu = 0; cpu < code.size(); cpu++) {
            int me = cpu;
            operations.add(
                Operation.of(
                    "op" + cpu,
                    () -> code.get(me).applyAsLong(memory),
                    result -> end[WORDS + me] = result));
          }
          return new OneEach(operations.toArray(Operation[]::new)) {
            @Override
            public void end() {
              for (int word = 0; word < WORDS; word++) {
                end[word] = memory.get(X + word * (Y - X));
              }
              ended.accept(end);
            }
          };
        });
  }

  @SafeVarargs
  private static Explorer explorer(ToLongFunction<Memory>... code) {
    return explorer(ended -> {}, List.of(code));
  }

  @Test
  void aLostUpdateShowsInOneOfTheSchedules() {
    TreeSet<Long> sums = new TreeSet<>();
    ToLongFunction<Memory> increment =
        memory -> {
          memory.setOpaque(X, memory.getOpaque(X) + 1);
          return 0;
        };
    Exploration all = explorer(end -> sums.add(end[0]), List.of(increment, increment)).exhaustive();
    assertThat(sums).containsExactly(1L, 2L);
    assertThat(all.schedules()).isEqualTo(4);
  }

  @Test
  void whatDoesNotConflictIsPlayedInOneOrder() {
    Exploration all =
        explorer(memory -> memory.getAndAdd(X, 1), memory -> memory.getAndAdd(Y, 1)).exhaustive();
    assertThat(all).hasToString("1 interleavings (0 broken off), up to 2 steps, bound: none");
  }

  @Test
  void aReleaseAndAnAcquirePublish() {
    assertThatCode(() -> publishing(Memory::setRelease, Memory::getAcquire).exhaustive())
        .doesNotThrowAnyException();
  }

  @Test
  void aRelaxedPublishIsADataRaceInEverySchedule() {
    assertThatThrownBy(() -> publishing(Memory::setOpaque, Memory::getAcquire).replay("0*2 1*2"))
        .isInstanceOf(ScheduleFailedException.class)
        .hasMessageMatching(
            """
            data race: nothing orders step 1 before step 4
                1  cpu 0  op0  +set x = 42  +ExplorerTest.*
                2  cpu 0  op0  +setOpaque y = 1  +ExplorerTest.*
                3  cpu 1  op1  +getAcquire y -> 1  +ExplorerTest.*
                4  cpu 1  op1  +get x -> 42  +ExplorerTest.*
              found with bound: schedule; to replay: 0\\*2 1\\*2""");
  }

  @Test
  void whatFailsOnceFailsAgainFromItsScheduleOrItsSeed() {
    Explorer explorer = publishing(Memory::setOpaque, Memory::getOpaque);
    for (int seed = 0; seed < 20; seed++) {
      ScheduleFailedException found = failureOf(explorer, seed);
      if (found != null) {
        assertThat(failureOf(explorer, seed)).hasMessage(found.getMessage());
        assertThatThrownBy(() -> explorer.replay(found.schedule()))
            .hasMessageStartingWith("data race")
            .hasMessageEndingWith("to replay: " + found.schedule());
        return;
      }
    }
    throw new AssertionError("no seed shows it");
  }

  private static @Nullable ScheduleFailedException failureOf(Explorer explorer, long seed) {
    try {
      explorer.random(seed);
      explorer.priorities(seed, 2);
      return null;
    } catch (ScheduleFailedException failure) {
      return failure;
    }
  }

  @Test
  void aScheduleThatDoesNotFitIsRefused() {
    Explorer explorer = explorer(memory -> memory.getAndAdd(X, 1));
    assertThatThrownBy(() -> explorer.replay("0*2 x"))
        .hasMessage("a run of steps is CPU or CPU*steps: run=x");
    assertThatThrownBy(() -> explorer.replay("1"))
        .hasMessageStartingWith(
            "java.lang.IllegalArgumentException: schedule does not fit: cpu 1 cannot move at step 1");
  }

  @Test
  void aBoundLeavesOutWhatNeedsMoreStops() {
    List<Long> seen = new ArrayList<>();
    ToLongFunction<Memory> twice =
        memory -> {
          memory.getAndAdd(X, 1);
          return memory.getAndAdd(X, 1);
        };
    Explorer explorer = explorer(end -> seen.add(end[0]), List.of(twice, twice));
    assertThat(explorer.bounded(0).schedules()).isEqualTo(2);
    assertThat(explorer.bounded(1).schedules()).isEqualTo(4);
    assertThat(explorer.bounded(9).schedules()).isEqualTo(6);
    assertThat(explorer.exhaustive().schedules()).isEqualTo(6);
  }

  @Test
  void codeWithStateOfItsOwnRunsOnAThread() {
    TreeSet<Long> seen = new TreeSet<>();
    Explorer explorer =
        new Explorer(
            interleaving -> {
              Layout layout = new Layout();
              int word = layout.reserve("w", 1);
              Memory memory = interleaving.create(layout);
              return new OneEach(adding(memory, word), adding(memory, word)) {
                @Override
                public void end() {
                  seen.add(memory.get(word));
                }
              };
            });
    assertThat(explorer.exhaustive().schedules()).isEqualTo(4);
    assertThat(seen).containsExactly(2L, 4L);
  }

  private static Operation adding(Memory memory, int word) {
    List<Integer> own = new ArrayList<>();
    return Operation.onThread(
        "add",
        () -> {
          own.add(0);
          long before = memory.getOpaque(word);
          own.add(0);
          memory.setOpaque(word, before + own.size());
        });
  }

  private interface Store {
    void to(Memory memory, int word, long value);
  }

  private interface Load {
    long from(Memory memory, int word);
  }

  private static Explorer publishing(Store store, Load load) {
    return explorer(
        memory -> {
          memory.set(X, 42);
          store.to(memory, Y, 1);
          return 0;
        },
        memory -> load.from(memory, Y) == 1 ? memory.get(X) : 0);
  }

  @Test
  void whoeverWaitsForNobodyIsFoundOut() {
    assertThatThrownBy(
            () ->
                explorer(
                        memory -> {
                          memory.awaitEqual(X, -1, 1);
                          return memory.getAndSet(Y, 1);
                        },
                        memory -> {
                          memory.awaitNotEqual(Y, 0);
                          return memory.getAndSet(X, 1);
                        })
                    .exhaustive())
        .hasMessageStartingWith("every CPU waits for another");
  }

  @Test
  void goingRoundInCirclesIsFoundOut() {
    assertThatThrownBy(
            () ->
                explorer(
                        memory -> {
                          while (memory.getAcquire(X) == 0) {
                            memory.getOpaque(Y);
                          }
                          return 0;
                        },
                        memory -> memory.getAndSet(Y, 1))
                    .exhaustive())
        .hasMessageStartingWith("nobody gets on");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theReducedSearchEndsAsEveryScheduleTogetherEnds(int cpus) {
    long reduced = 0;
    long every = 0;
    int failing = 0;
    for (int seed = 0; seed < 100; seed++) {
      List<ToLongFunction<Memory>> code = new ArrayList<>();
      for (int cpu = 0; cpu < cpus; cpu++) {
        code.add(randomCode(seed * 31L + cpu, cpus == 2 ? 5 : 3));
      }
      Set<String> all = new TreeSet<>();
      Set<String> found = new TreeSet<>();
      every += play(code, new EverySearch(), all);
      reduced += play(code, new ReducedSearch(), found);
      failing += all.contains("fails") ? 1 : 0;
      if (all.contains("fails")) {
        assertThat(found).as("seed=%d", seed).contains("fails");
      } else {
        assertThat(found).as("seed=%d", seed).isEqualTo(all);
      }
    }
    assertThat(failing).isBetween(10, 90);
    assertThat(reduced).isLessThan(every / 2);
  }

  private static long play(List<ToLongFunction<Memory>> code, Search search, Set<String> ends) {
    try {
      return explorer(end -> ends.add(Arrays.toString(end)), code).run(search, "").schedules();
    } catch (ScheduleFailedException stuckOrRacing) {
      ends.add("fails");
      return 0;
    }
  }

  private static ToLongFunction<Memory> randomCode(long seed, int accesses) {
    return memory -> {
      Random random = new Random(seed);
      long seen = 0;
      for (int i = 0; i < accesses; i++) {
        int word = X + random.nextInt(WORDS) * (Y - X);
        seen = 7 * seen + randomAccess(memory, word, random.nextInt(40), random.nextInt(3));
      }
      return seen;
    };
  }

  private static long randomAccess(Memory memory, int word, int choice, int value) {
    if (choice < 16) {
      return memory.getOpaque(word);
    }
    if (choice < 24) {
      memory.setRelease(word, value);
      return 0;
    }
    if (choice < 32) {
      return memory.compareAndExchange(word, 0, value);
    }
    return switch (choice) {
      case 32 -> memory.get(word);
      case 33, 34 -> memory.awaitNotEqual(word, 0);
      case 35, 36 -> memory.awaitEqual(word, 1, 0);
      default -> memory.getAndAdd(word, 1);
    };
  }
}
