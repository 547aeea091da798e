package dev.kretsim.memory.explore;

import java.util.ArrayList;
import java.util.List;

/** Every schedule, without any reduction: what the others are held against. */
final class EverySearch implements Search {
  private final List<Integer> choices = new ArrayList<>();
  private final List<Integer> untried = new ArrayList<>();
  private boolean begun;
  private int depth;

  @Override
  public boolean more() {
    boolean first = !begun;
    begun = true;
    depth = 0;
    int at = choices.size() - 1;
    while (at >= 0 && untried.get(at) == 0) {
      choices.remove(at);
      untried.remove(at);
      at--;
    }
    if (at >= 0) {
      int cpu = Integer.numberOfTrailingZeros(untried.get(at));
      choices.set(at, cpu);
      untried.set(at, untried.get(at) & ~(1 << cpu));
    }
    return first || at >= 0;
  }

  @Override
  public int choose(Execution execution, int able) {
    if (depth == choices.size()) {
      choices.add(Integer.numberOfTrailingZeros(able));
      untried.add(able & able - 1);
    }
    return choices.get(depth++);
  }
}
