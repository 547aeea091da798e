package dev.kretsim.pool;

import dev.kretsim.lock.LockKind;
import dev.kretsim.lock.RawSpinLock;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;

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
    int lockWords = layout.reserve(RawSpinLock.WORDS);
    head = layout.reserve(3);
    nodes = layout.reserve(4 * capacity + 8);
    memory = spec.memories().create(layout);
    lock = LockKind.TAS.create(memory, lockWords, spec.cpus());
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int free() {
    throw new UnsupportedOperationException();
  }

  final int next(long instance) {
    return nodes + 2 * (int) instance;
  }

  final int refs(long instance) {
    return nodes + 2 * (int) instance + 1;
  }
}
