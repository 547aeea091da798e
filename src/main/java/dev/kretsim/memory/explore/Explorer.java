package dev.kretsim.memory.explore;

import dev.kretsim.memory.interleave.Interleaving;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Plays a scene in one schedule after another, access by access.
 *
 * <p>A schedule fails if the scene says so, if a plain access races with another, if everybody
 * waits for somebody else, or if no operation ends however long all go on. The code is sequentially
 * consistent otherwise: no access is seen late. Wrong orders show as data races: what they should
 * have published is read without an edge.
 */
public final class Explorer {
  /** About how long schedules are, for random priorities. */
  private static final int USUAL_STEPS = 80;

  private final Function<Interleaving, Scene> stage;

  /**
   * @param stage sets the scene on memories of the interleaving, the same each time
   */
  public Explorer(Function<Interleaving, Scene> stage) {
    this.stage = stage;
  }

  /**
   * Every schedule that can end differently.
   *
   * @throws ScheduleFailedException for the first that fails
   */
  public Exploration exhaustive() {
    return run(new ReducedSearch(), "none");
  }

  /**
   * Every schedule in which CPUs that could go on are stopped at most so many times.
   *
   * @throws ScheduleFailedException for the first that fails
   */
  public Exploration bounded(int preemptions) {
    return run(new BoundedSearch(preemptions), preemptions + " preemptions");
  }

  /**
   * A schedule that the seed decides.
   *
   * @throws ScheduleFailedException if it fails
   */
  public Exploration random(long seed) {
    return run(new RandomSearch(seed), "seed " + seed);
  }

  /**
   * A schedule by random priorities, of which the seed decides.
   *
   * @param depth how many orders between steps a race may need, at least 1
   * @throws ScheduleFailedException if it fails
   */
  public Exploration priorities(long seed, int depth) {
    return run(new PrioritySearch(seed, depth, USUAL_STEPS), "seed " + seed);
  }

  /**
   * One schedule, as {@link ScheduleFailedException#schedule} tells it.
   *
   * @throws ScheduleFailedException if it fails
   * @throws IllegalArgumentException if it does not fit the scene
   */
  public Exploration replay(String schedule) {
    return run(Schedule.parse(schedule), "schedule");
  }

  Exploration run(Search search, String bound) {
    long schedules = 0;
    long broken = 0;
    int longest = 0;
    while (search.more()) {
      List<Integer> moves = new ArrayList<>();
      if (play(search, moves, bound)) {
        schedules++;
      } else {
        broken++;
      }
      longest = Math.max(longest, moves.size());
      if (search instanceof BoundedSearch bounded && bounded.beganAgain()) {
        schedules = 0;
      }
    }
    return new Exploration(schedules, broken, longest, bound);
  }

  /** Whether it came to its end, and was not broken off. */
  private boolean play(Search search, List<Integer> moves, String bound) {
    try (Execution execution = new Execution(stage, false)) {
      for (int able = execution.able(); able != 0; able = execution.able()) {
        int cpu = search.choose(execution, able);
        if (cpu == Search.NOBODY) {
          return false;
        }
        moves.add(cpu);
        execution.step(cpu);
      }
      search.ended(execution);
      execution.finish();
      return true;
    } catch (RuntimeException | AssertionError failure) {
      throw new ScheduleFailedException(
          failure, bound, Schedule.of(moves).toString(), Narration.of(stage, moves));
    }
  }
}
