package dev.kretsim.plan.curve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Random calls with ties and recursion, and the plainest way to count misses. */
final class RandomCalls {
  private RandomCalls() {}

  record OneCall(long entryNs, long exitNs, int task, String function) {}

  /** Calls in order of entry; times are coarse in every other seed, so that many are equal. */
  static List<OneCall> of(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int gap = seed % 2 == 0 ? 3 : 1000;
    int hold = gap * random.nextInt(1, 20);
    int calls = random.nextInt(1, 300);
    int tasks = random.nextInt(1, 60);
    long now = random.nextInt(100);
    List<OneCall> list = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      now += random.nextInt(gap);
      long exit = now + (random.nextInt(10) == 0 ? 0 : random.nextInt(hold));
      int depth = random.nextInt(8) == 0 ? random.nextInt(1, 5) : 1;
      String function = random.nextInt(3) == 0 ? "vfs_write" : "vfs_read";
      int task = random.nextInt(tasks);
      for (int level = 0; level < depth; level++) {
        list.add(new OneCall(now, exit, task, function));
      }
    }
    return list;
  }

  static String asCsv(List<OneCall> calls) {
    StringBuilder csv = new StringBuilder();
    for (OneCall call : calls) {
      csv.append(call.entryNs()).append(',').append(call.exitNs()).append(',');
      csv.append(call.task()).append(',').append(call.function()).append('\n');
    }
    return csv.toString();
  }

  /** Entry by entry: whoever has returned by then has freed its instance; one is free or not. */
  static long missedByCounting(List<OneCall> calls, int instances) {
    List<OneCall> ordered = new ArrayList<>(calls);
    ordered.sort(Comparator.comparingLong(OneCall::entryNs));
    List<OneCall> holding = new ArrayList<>();
    long missed = 0;
    for (OneCall call : ordered) {
      holding.removeIf(held -> held.exitNs() <= call.entryNs());
      if (holding.size() < instances) {
        holding.add(call);
      } else {
        missed++;
      }
    }
    return missed;
  }
}
