package dev.kretsim.pool;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/*
 * Invariants
 *   I1  A listed node has a count of at least 1: the list's own reference.
 *   I2  next[node] is written only by link(), and link() runs only when the count has reached 0.
 *   I3  A peeker holds a reference from before it reads next[node] until after its exchange of the
 *       head. So while it peeks, the node may be taken, but not linked again: next[node] stays
 *       what it was while the head pointed here, and the exchange cannot be fooled (no ABA).
 *   I4  A push that finds peekers leaves OWED behind; whoever drops the last reference links.
 * Limit
 *   Between I4's two halves the instance is free but not listed: a pop may miss transiently.
 */
/**
 * The kernel's lock-free LIFO list of reference-counted nodes; or one for each CPU, which pushes to
 * its own, and pops from its own first, then from the others in ascending order.
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
  static final int MAX_CAPACITY = (Layout.MAX_WORDS - 56) / 2;

  private static final int END = 0;
  private static final long OWED = 1L << 31;
  private static final long COUNT = OWED - 1;
  private static final int NEXT = 1;
  private static final int WORDS = 2;

  private final int capacity;
  private final Memory memory;
  private final int[] heads;
  private final int nodes;
  private final int stride;

  FreelistPool(PoolSpec spec) {
    this(spec, 1, Dealing.BY_TURNS);
  }

  /**
   * @param lists 1, or as many as there are CPUs
   */
  FreelistPool(PoolSpec spec, int lists, Dealing dealing) {
    capacity = spec.capacityUpTo(MAX_CAPACITY);
    stride = NodeStride.of(capacity, WORDS);
    Layout layout = new Layout();
    heads = new int[lists];
    for (int list = 0; list < lists; list++) {
      heads[list] = layout.reserve(lists == 1 ? "head" : "list " + list, 1);
    }
    nodes = layout.reserve("nodes", capacity * stride);
    memory = spec.memories().create(layout);
    for (int instance = 0; instance < capacity; instance++) {
      add(instance, heads[dealing.cpuOf(instance, capacity, lists)]);
    }
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int pop(int cpu) {
    if (heads.length == 1) {
      return popFrom(heads[0]);
    }
    int found = MISSED;
    int scan = memory.loop();
    for (int step = 0; step < heads.length && found == MISSED; step++) {
      step = (int) memory.again(scan, step);
      found = popFrom(heads[(cpu + step) % heads.length]);
    }
    return found;
  }

  private int popFrom(int head) {
    long first = memory.getAcquire(head);
    int loop = memory.loop();
    while ((first = memory.again(loop, first)) != END) {
      int node = (int) first - 1;
      int refs = refsOf(node);
      long count = memory.getOpaque(refs);
      if ((count & COUNT) == 0 || memory.compareAndExchange(refs, count, count + 1) != count) {
        first = memory.getAcquire(head);
        continue;
      }
      long next = memory.getOpaque(refs + NEXT); // I3
      long witness = memory.compareAndExchange(head, first, next);
      if (witness == first) {
        memory.getAndAdd(refs, -2); // ours and the list's
        return node;
      }
      if (memory.getAndAdd(refs, -1) == OWED + 1) {
        link(node, head); // I4
      }
      first = witness;
    }
    return MISSED;
  }

  @Override
  public void push(int cpu, int instance) {
    add(instance, heads[heads.length == 1 ? 0 : cpu]);
  }

  @Override
  public int free() {
    return freeLists().stream().mapToInt(List::size).sum();
  }

  @Override
  public List<List<Integer>> freeLists() {
    List<List<Integer>> all = new ArrayList<>();
    for (int head : heads) {
      List<Integer> free = new ArrayList<>();
      for (long node = memory.get(head); node != END; ) {
        free.add((int) node - 1);
        node = memory.get(refsOf((int) node - 1) + NEXT);
      }
      all.add(free);
    }
    return all;
  }

  private void add(int instance, int head) {
    if (memory.getAndAdd(refsOf(instance), OWED) == 0) {
      link(instance, head);
    }
  }

  private void link(int node, int head) {
    int refs = refsOf(node);
    long first = memory.getOpaque(head);
    int loop = memory.loop();
    while (true) {
      first = memory.again(loop, first);
      memory.setOpaque(refs + NEXT, first);
      memory.setRelease(refs, 1);
      long witness = memory.compareAndExchange(head, first, node + 1L);
      if (witness == first) {
        return;
      }
      first = witness;
      // From the store of 1 on, others may hold references: try again only if none does.
      if (memory.getAndAdd(refs, OWED - 1) != 1) {
        return;
      }
    }
  }

  private int refsOf(int node) {
    return nodes + node * stride;
  }
}
