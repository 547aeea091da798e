package dev.kretsim.benchmarks.peer;

import dev.kretsim.benchmarks.peer.Contender.Item;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A queue of the free instances. */
final class QueueContender extends Contender.OfItems {
  private final Queue<Item> free;

  QueueContender(int capacity, int cpus, Queue<Item> empty) {
    super(capacity, cpus, empty);
    free = empty;
  }

  @Override
  @Nullable Item take(int cpu) {
    return free.poll();
  }

  /** There is room, but Agrona's queue refuses while another thread is in the middle of a poll. */
  @Override
  @SuppressWarnings("ThreadPriorityCheck") // that thread may need this very processor
  void give(int cpu, Item item) {
    while (!free.offer(item)) {
      Thread.yield();
    }
  }
}
