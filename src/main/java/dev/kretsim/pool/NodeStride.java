package dev.kretsim.pool;

import dev.kretsim.memory.Layout;

/** How far apart the nodes of a list lie: each on a line of its own, unless they are very many. */
final class NodeStride {
  /**
   * Lines for so many take 64 MiB. Of more, no two that CPUs are at are likely to be neighbours.
   */
  private static final int MOST_PADDED = 1 << 20;

  private NodeStride() {}

  /**
   * @param words of a node, at most those of a line
   */
  static int of(int capacity, int words) {
    return capacity <= MOST_PADDED ? Layout.WORDS_PER_LINE : words;
  }
}
