package dev.kretsim.pool;

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
 * The reference-counted nodes of one or more lock-free LIFO lists, of which each is known by the
 * word that is its head: 0, as memory begins, if it is empty.
 *
 * <p><b>Source.</b> {@code include/linux/freelist.h}, kernels 5.11 to 6.6.
 */
final class FreelistNodes {
  /** Of a node. */
  static final int WORDS = 2;

  private static final int END = 0;
  private static final long OWED = 1L << 31;
  private static final long COUNT = OWED - 1;
  private static final int NEXT = 1;

  private final Memory memory;
  private final int nodes;
  private final int stride;

  /**
   * @param nodes the first word of the first
   * @param stride from one to the next
   */
  FreelistNodes(Memory memory, int nodes, int stride) {
    this.memory = memory;
    this.nodes = nodes;
    this.stride = stride;
  }

  /** The node that was first, or {@link InstancePool#MISSED}. */
  int pop(int head) {
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
    return InstancePool.MISSED;
  }

  void add(int node, int head) {
    if (memory.getAndAdd(refsOf(node), OWED) == 0) {
      link(node, head);
    }
  }

  /** What is on a list, the first first. */
  List<Integer> on(int head) {
    List<Integer> all = new ArrayList<>();
    for (long node = memory.get(head); node != END; ) {
      all.add((int) node - 1);
      node = memory.get(refsOf((int) node - 1) + NEXT);
    }
    return all;
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
