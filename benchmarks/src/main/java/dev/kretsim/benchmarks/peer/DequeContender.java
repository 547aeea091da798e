package dev.kretsim.benchmarks.peer;

import dev.kretsim.benchmarks.peer.Contender.Item;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A stack of the free instances. */
final class DequeContender extends Contender.OfItems {
  private final Deque<Item> free;

  DequeContender(int capacity, int cpus, Deque<Item> empty) {
    super(capacity, cpus, empty);
    free = empty;
  }

  @Override
  @Nullable Item take(int cpu) {
    return free.pollFirst();
  }

  @Override
  void give(int cpu, Item item) {
    free.addFirst(item);
  }
}
