package dev.kretsim.plan.load;

import dev.kretsim.workload.random.Arrivals;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.TreeSet;

/** The hunt for the lowest free index by sorted collections, call by call. */
final class PlainHunt {
  private PlainHunt() {}

  private record Inside(double leavesNs, int index) {}

  static int[] indexes(OpenSource source, int calls) {
    double[] state = new double[Arrivals.STATE];
    source.gaps().begin(state);
    PriorityQueue<Inside> inside = new PriorityQueue<>(Comparator.comparing(Inside::leavesNs));
    TreeSet<Integer> free = new TreeSet<>();
    int[] indexes = new int[calls];
    int used = 0;
    double nowNs = 0;
    for (int call = 0; call < calls; call++) {
      nowNs += source.gaps().next(state);
      while (!inside.isEmpty() && inside.peek().leavesNs() <= nowNs) {
        free.add(inside.remove().index());
      }
      int index = free.isEmpty() ? used++ : free.pollFirst();
      inside.add(new Inside(nowNs + source.holds().getAsDouble(), index));
      indexes[call] = index;
    }
    return indexes;
  }
}
