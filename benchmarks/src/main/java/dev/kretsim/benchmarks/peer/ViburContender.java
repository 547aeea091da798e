package dev.kretsim.benchmarks.peer;

import dev.kretsim.benchmarks.peer.Contender.Item;
import org.jspecify.annotations.Nullable;
import org.vibur.objectpool.ConcurrentPool;
import org.vibur.objectpool.PoolObjectFactory;
import org.vibur.objectpool.util.ConcurrentLinkedQueueCollection;

/** Vibur's object pool, over a linked queue and without fairness. */
final class ViburContender extends Contender.OfObjects<Item> {
  private static final class Factory implements PoolObjectFactory<Item> {
    private int made;

    @Override
    public Item create() {
      return new Item(made++);
    }

    @Override
    public boolean readyToTake(Item item) {
      return true;
    }

    @Override
    public boolean readyToRestore(Item item) {
      return true;
    }

    @Override
    public void destroy(Item item) {}
  }

  private final ConcurrentPool<Item> pool;

  ViburContender(int capacity, int cpus) {
    super(capacity, cpus);
    pool =
        new ConcurrentPool<>(
            new ConcurrentLinkedQueueCollection<>(), new Factory(), capacity, capacity, false);
  }

  @Override
  @Nullable Item take(int cpu) {
    return pool.tryTake();
  }

  @Override
  void give(int cpu, Item item) {
    pool.restore(item);
  }

  @Override
  int indexOf(Item item) {
    return item.index;
  }

  @Override
  public int free() {
    return pool.remainingCreated();
  }

  @Override
  public void close() {
    pool.close();
  }
}
