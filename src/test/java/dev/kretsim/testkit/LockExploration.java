package dev.kretsim.testkit;

import dev.kretsim.memory.explore.Exploration;
import dev.kretsim.memory.explore.ScheduleFailedException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the explorer puts a lock through, quick things first. */
public final class LockExploration {
  private static final int SEEDS = 500;
  private static final int ROUNDS = 3;

  private LockExploration() {}

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
  public static List<Search> searches(LockScene.Form form, LockScene.Line line) {
    return List.of(
        new Search("2 CPUs once", () -> LockScene.explorer(form, line, "L", "L").exhaustive()),
        new Search("one tries", () -> LockScene.explorer(form, line, "T", "L").exhaustive()),
        new Search("2 CPUs twice", () -> LockScene.explorer(form, line, "LL", "LL").exhaustive()),
        new Search("3 CPUs", () -> LockScene.explorer(form, line, "L", "L", "L").bounded(2)),
        new Search("4 CPUs", () -> LockScene.explorer(form, line, "L", "L", "L", "L").bounded(1)));
  }

  /** Two random schedules. */
  public static void random(LockScene.Form form, LockScene.Line line, int seed) {
    String[] scripts = new String[2 + seed / 2 % 3];
    Arrays.fill(scripts, "L".repeat(ROUNDS));
    scripts[0] = seed % 2 == 0 ? "T".repeat(ROUNDS) : scripts[1];
    LockScene.explorer(form, line, scripts).random(seed);
    LockScene.explorer(form, line, scripts).priorities(seed, 1 + seed % 5);
  }

  /** The first failure in all searches and then in random schedules; its message. */
  public static Optional<String> firstFailure(LockScene.Form form) {
    try {
      for (Search search : searches(form, LockScene.Line.NONE)) {
        search.explore();
      }
      for (int seed = 0; seed < SEEDS; seed++) {
        random(form, LockScene.Line.NONE, seed);
      }
      return Optional.empty();
    } catch (ScheduleFailedException failure) {
      return Optional.of(String.valueOf(failure.getMessage()));
    }
  }
}
