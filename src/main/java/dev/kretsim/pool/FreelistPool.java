package dev.kretsim.pool;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.List;

/**
 * The kernel's lock-free LIFO list of reference-counted nodes.
 *
 * <p>Not exact: it may miss although an instance is free, while that instance's push waits for
 * another CPU to stop looking at it. Real kernels do so about once in 300 000 calls.
 *
 * <p><b>Source.</b> {@code include/linux/freelist.h}, kernels 5.11 to 6.6.
 */
final class FreelistPool implements InstancePool {
  /**
   * Two words each, 56 for the rest: see {@link Layout#MAX_WORDS}. Heads are whole {@code long}s.
   */
  static final int MAX_CAPACITY = (Layout.MAX_WORDS - 56) / FreelistNodes.WORDS;

  private final int capacity;
  private final FreelistNodes nodes;
  private final int head;

  FreelistPool(PoolSpec spec) {
    capacity = spec.capacityUpTo(MAX_CAPACITY);
    int stride = NodeStride.of(capacity, FreelistNodes.WORDS);
    Layout layout = new Layout();
    head = layout.reserve("head", 1);
    int first = layout.reserve("nodes", capacity * stride);
    Memory memory = spec.memories().create(layout);
    nodes = new FreelistNodes(memory, first, stride);
    for (int instance = 0; instance < capacity; instance++) {
      nodes.add(instance, head);
    }
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int pop(int cpu) {
    return nodes.pop(head);
  }

  @Override
  public void push(int cpu, int instance) {
    nodes.add(instance, head);
  }

  @Override
  public int free() {
    return nodes.on(head).size();
  }

  @Override
  public List<List<Integer>> freeLists() {
    return List.of(nodes.on(head));
  }
}
