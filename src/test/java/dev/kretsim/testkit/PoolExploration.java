package dev.kretsim.testkit;

import dev.kretsim.memory.explore.Exploration;
import dev.kretsim.memory.explore.ScheduleFailedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** What the explorer puts a pool through, quick things first. */
public final class PoolExploration {
  private static final String BUSY = "++-*++-*++-*--";

  /** Each design stops in more places than this when two CPUs take and give back. */
  static final int FEW_PLACES = 20;

  private PoolExploration() {}

  /** One search, and what is searched. */
  public record Search(String name, Supplier<Exploration> run) {
    public Exploration explore() {
      return run.get();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Searches that leave nothing out within their bound. */
  public static List<Search> searches(PoolUnderTest design) {
    List<Search> all = new ArrayList<>();
    for (int capacity = 1; capacity <= 2; capacity++) {
      all.add(exhaustive(design, capacity, "+-", "+-"));
    }
    all.add(bounded(design, 2, "+-", "++--"));
    all.add(misses(design, 2, "+", "+"));
    all.add(misses(design, 1, "+-", "+-"));
    all.add(misses(design, 2, "+-", "+", "+"));
    all.add(bounded(design, 1, "+-+-", "+-+-"));
    all.add(bounded(design, 2, "+-+-", "+-+-"));
    all.add(bounded(design, 2, "++--++--", "++--"));
    all.add(bounded(design, 2, "+", "+-", "+-"));
    return all;
  }

  private static Search exhaustive(PoolUnderTest design, int capacity, String... scripts) {
    return new Search(
        name(capacity, scripts), () -> PoolScene.explorer(design, capacity, scripts).exhaustive());
  }

  private static Search bounded(PoolUnderTest design, int capacity, String... scripts) {
    return new Search(
        name(capacity, scripts), () -> PoolScene.explorer(design, capacity, scripts).bounded(2));
  }

  private static Search misses(PoolUnderTest design, int capacity, String... scripts) {
    return new Search(
        name(capacity, scripts) + ", misses",
        () -> PoolScene.judgingMisses(design, capacity, scripts).bounded(2));
  }

  private static String name(int capacity, String... scripts) {
    return "capacity %d, %s".formatted(capacity, String.join(" and ", scripts));
  }

  /** Two random schedules: of taking and giving back, and of taking alone. */
  public static void random(PoolUnderTest design, int seed) {
    int cpus = 2 + seed / 4 % 2;
    String[] busy = Collections.nCopies(cpus, BUSY).toArray(String[]::new);
    PoolScene.judgingMisses(design, 1 + seed % 4, busy).random(seed);
    PoolScene.judgingMisses(design, 1 + seed % 7, takes(1 + seed % 7, 2 + seed % 2, seed))
        .random(seed);
  }

  /** The same, by priorities. */
  public static void priorities(PoolUnderTest design, int seed) {
    int cpus = 2 + seed / 4 % 2;
    String[] busy = Collections.nCopies(cpus, BUSY).toArray(String[]::new);
    PoolScene.judgingMisses(design, 1 + seed % 4, busy).priorities(seed, 1 + seed % 5);
  }

  private static String[] takes(int capacity, int cpus, int seed) {
    String[] scripts = Collections.nCopies(cpus, "").toArray(String[]::new);
    Random random = new Random(seed);
    for (int i = 0; i < capacity; i++) {
      scripts[random.nextInt(cpus)] += "+";
    }
    return scripts;
  }

  /**
   * A hit on CPU 0 comes in the middle of another, at each access of it in turn, alone and while
   * another CPU is hit.
   *
   * @param nmi whether it comes with interrupts off as well
   * @return in how many places
   */
  public static int nested(PoolUnderTest design, boolean nmi) {
    int places = 0;
    for (String[] scripts : new String[][] {{"++--"}, {"+-", "+-"}}) {
      int longest = 1;
      for (int after = 0; after < longest; after++) {
        longest = PoolScene.interrupted(design, after, nmi, scripts).bounded(1).longest();
        places++;
      }
    }
    return places;
  }

  /** The first failure in all searches and then in random schedules; its message. */
  public static Optional<String> firstFailure(PoolUnderTest design, int seeds) {
    try {
      for (Search search : searches(design)) {
        search.explore();
      }
      for (int seed = 0; seed < seeds; seed++) {
        random(design, seed);
        priorities(design, seed);
      }
      nested(design, false);
      PoolScene.explorer(design, 2, "+", "+-", "+-").bounded(3);
      return Optional.empty();
    } catch (ScheduleFailedException failure) {
      return Optional.of(String.valueOf(failure.getMessage()));
    }
  }
}
