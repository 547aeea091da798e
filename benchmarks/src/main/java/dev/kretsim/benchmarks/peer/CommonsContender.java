package dev.kretsim.benchmarks.peer;

import dev.kretsim.benchmarks.peer.Contender.Item;
import java.util.NoSuchElementException;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;

/** Apache Commons Pool, told not to block: then a miss is an exception. */
final class CommonsContender extends Contender.OfObjects<Item> {
  private static final class Factory extends BasePooledObjectFactory<Item> {
    private int made;

    @Override
    public Item create() {
      return new Item(made++);
    }

    @Override
    public PooledObject<Item> wrap(Item item) {
      return new DefaultPooledObject<>(item);
    }
  }

  private final GenericObjectPool<Item> pool;

  CommonsContender(int capacity, int cpus) {
    super(capacity, cpus);
    GenericObjectPoolConfig<Item> config = new GenericObjectPoolConfig<>();
    config.setMaxTotal(capacity);
    config.setMaxIdle(capacity);
    config.setMinIdle(capacity);
    config.setBlockWhenExhausted(false);
    config.setJmxEnabled(false);
    pool = new GenericObjectPool<>(new Factory(), config);
    try {
      pool.preparePool();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  @Nullable Item take(int cpu) {
    try {
      return pool.borrowObject();
    } catch (NoSuchElementException e) {
      return null;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  void give(int cpu, Item item) {
    pool.returnObject(item);
  }

  @Override
  int indexOf(Item item) {
    return item.index;
  }

  @Override
  public int free() {
    return pool.getNumIdle();
  }

  @Override
  public void close() {
    pool.close();
  }
}
