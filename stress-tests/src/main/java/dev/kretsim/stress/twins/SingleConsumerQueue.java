package dev.kretsim.stress.twins;

import dev.kretsim.pool.InstancePool;
import org.jctools.queues.SpscArrayQueue;

/** Broken: the library's queue as a pool, but the one for one producer and one consumer. */
final class SingleConsumerQueue implements InstancePool {
  private final int capacity;
  private final SpscArrayQueue<Integer> queue;

  SingleConsumerQueue(int capacity) {
    this.capacity = capacity;
    queue = new SpscArrayQueue<>(capacity);
    for (int instance = 0; instance < capacity; instance++) {
      queue.offer(instance);
    }
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int pop(int cpu) {
    Integer instance = queue.poll();
    return instance == null ? MISSED : instance;
  }

  @Override
  public void push(int cpu, int instance) {
    queue.offer(instance);
  }

  @Override
  public int free() {
    return queue.size();
  }
}
