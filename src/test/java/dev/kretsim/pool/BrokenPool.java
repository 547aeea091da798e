package dev.kretsim.pool;

import dev.kretsim.lock.LockDesigns;
import dev.kretsim.lock.RawSpinLock;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/** The words that the broken twins are made of: a lock, three words for a head, two a node. */
abstract class BrokenPool implements InstancePool {
  final int capacity;
  final Memory memory;
  final int head;
  final int nodes;
  final RawSpinLock lock;

  BrokenPool(PoolSpec spec) {
    capacity = spec.capacity();
    Layout layout = new Layout();
    int lockWords = layout.reserve("lock", RawSpinLock.WORDS);
    head = layout.reserve("head", 3);
    nodes = layout.reserve("nodes", 4 * capacity + 8);
    memory = spec.memories().create(layout);
    lock = LockDesigns.TAS.create(memory, lockWords, spec.cpus());
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public final int free() {
    return freeLists().stream().mapToInt(List::size).sum();
  }

  /** What hangs on the head; twins that are no lists have something else there. */
  @Override
  public List<List<Integer>> freeLists() {
    List<Integer> free = new ArrayList<>();
    for (long node = memory.get(head); node != 0; node = memory.get(next(node - 1))) {
      if (free.size() == capacity) {
        throw new IllegalStateException("the list goes round: " + free);
      }
      free.add((int) node - 1);
    }
    return List.of(free);
  }

  final int next(long instance) {
    return nodes + 2 * (int) instance;
  }

  final int refs(long instance) {
    return nodes + 2 * (int) instance + 1;
  }
}
