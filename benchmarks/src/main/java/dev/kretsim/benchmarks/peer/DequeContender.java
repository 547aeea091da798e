package dev.kretsim.benchmarks.peer;

import dev.kretsim.benchmarks.peer.Contender.Item;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A stack of the free instances. */
final class DequeContender extends Contender.OfObjects<Item> {
  private final Deque<Item> free;

  DequeContender(int capacity, int cpus, Deque<Item> empty) {
    super(capacity, cpus);
    free = empty;
    for (int i = 0; i < capacity; i++) {
      free.add(new Item(i));
    }
  }

  @Override
  @Nullable Item take(int cpu) {
    return free.pollFirst();
  }

  @Override
  void give(int cpu, Item item) {
    free.addFirst(item);
  }

  @Override
  int indexOf(Item item) {
    return item.index;
  }

  @Override
  public int free() {
    return free.size();
  }
}
