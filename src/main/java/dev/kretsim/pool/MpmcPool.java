package dev.kretsim.pool;

import java.util.List;
import org.jctools.queues.MpmcArrayQueue;

/**
 * JCTools' bounded queue as a pool: FIFO over all CPUs, exact, not lock-free.
 *
 * <p>Keeps its state in the queue's own fields, so it runs on real memory only.
 */
final class MpmcPool implements InstancePool {
  /** The largest power of two, which is what the queue rounds up to. */
  static final int MAX_CAPACITY = 1 << 30;

  private final Integer[] boxes;
  private final MpmcArrayQueue<Integer> queue;

  MpmcPool(PoolSpec spec) {
    boxes = new Integer[spec.capacityUpTo(MAX_CAPACITY)];
    // The queue refuses a capacity of 1 and rounds others up: room is not what limits it.
    queue = new MpmcArrayQueue<>(Math.max(2, spec.capacity()));
    for (int instance = 0; instance < boxes.length; instance++) {
      boxes[instance] = instance; // boxed once: push allocates nothing
      queue.offer(boxes[instance]);
    }
  }

  @Override
  public int capacity() {
    return boxes.length;
  }

  @Override
  public int pop(int cpu) {
    Integer instance = queue.poll();
    return instance == null ? MISSED : instance;
  }

  @Override
  public void push(int cpu, int instance) {
    if (!queue.offer(boxes[instance])) {
      throw new IllegalStateException("pushed more instances than popped: instance=" + instance);
    }
  }

  @Override
  public int free() {
    return queue.size();
  }

  @Override
  public List<List<Integer>> freeLists() {
    return List.of(List.copyOf(queue));
  }
}
