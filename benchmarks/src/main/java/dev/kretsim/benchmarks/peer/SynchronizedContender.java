package dev.kretsim.benchmarks.peer;

import dev.kretsim.benchmarks.peer.Contender.Item;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A stack of the free instances under a monitor. */
final class SynchronizedContender extends Contender.OfObjects<Item> {
  private final ArrayDeque<Item> free;

  SynchronizedContender(int capacity, int cpus) {
    super(capacity, cpus);
    free = new ArrayDeque<>(capacity);
    for (int i = 0; i < capacity; i++) {
      free.add(new Item(i));
    }
  }

  @Override
  @Nullable Item take(int cpu) {
    synchronized (free) {
      return free.pollFirst();
    }
  }

  @Override
  void give(int cpu, Item item) {
    synchronized (free) {
      free.addFirst(item);
    }
  }

  @Override
  int indexOf(Item item) {
    return item.index;
  }

  @Override
  public int free() {
    synchronized (free) {
      return free.size();
    }
  }
}
