package dev.kretsim.memory.explore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One random schedule with priorities: the first of those able moves, and at a few random steps it
 * becomes the last. A race that needs {@code d} orders between steps is met with a probability of
 * at least 1 / (CPUs * steps ^ (d-1)).
 *
 * <p><b>Source.</b> Burckhardt and others, A randomized scheduler with probabilistic guarantees of
 * finding bugs, ASPLOS 2010.
 */
final class PrioritySearch implements Search {
  private final Random random;
  private final int changes;
  private final int steps;
  private final List<Integer> changesAt = new ArrayList<>();
  private @Nullable List<Integer> ranking;
  private boolean begun;

  /**
   * @param depth how many orders between steps a race may need, at least 1
   * @param steps about how long a schedule is
   */
  PrioritySearch(long seed, int depth, int steps) {
    this.random = new Random(seed);
    this.changes = depth - 1;
    this.steps = steps;
  }

  @Override
  public boolean more() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  @Override
  public int choose(Execution execution, int able) {
    List<Integer> ranked = ranking == null ? begin(execution.cpus()) : ranking;
    int first = firstOf(ranked, able);
    if (changesAt.contains(execution.steps())) {
      ranked.remove(Integer.valueOf(first));
      ranked.add(first);
      first = firstOf(ranked, able);
    }
    return first;
  }

  private List<Integer> begin(int cpus) {
    List<Integer> ranked = new ArrayList<>(IntStream.range(0, cpus).boxed().toList());
    Collections.shuffle(ranked, random);
    for (int change = 0; change < changes; change++) {
      changesAt.add(random.nextInt(steps));
    }
    ranking = ranked;
    return ranked;
  }

  private static int firstOf(List<Integer> ranked, int able) {
    for (int cpu : ranked) {
      if ((able & 1 << cpu) != 0) {
        return cpu;
      }
    }
    throw new IllegalArgumentException("nobody can move");
  }
}
