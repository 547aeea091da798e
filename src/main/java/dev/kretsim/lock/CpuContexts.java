package dev.kretsim.lock;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;

/**
 * What each emulated CPU keeps that locks save and restore: whether interrupts are off, and its
 * queue nodes for {@link QueuedSpinLock}.
 *
 * <p>Words of a CPU are touched by that CPU alone, but for the queue nodes, in which a waiter's
 * neighbours write. Each CPU's words lie on lines of their own.
 */
public final class CpuContexts {
  /** Task, soft interrupt, hard interrupt and NMI may each be waiting for a lock on one CPU. */
  public static final int NESTING_LEVELS = 4;

  private static final int IRQS_OFF = 0;
  private static final int QUEUE_DEPTH = 1;
  private static final int STATE_WORDS = 2;
  private static final int NODE_WORDS = 2;

  private final Memory memory;
  private final int[] state;
  private final int[] nodes;

  /**
   * Makes CPUs with interrupts on, none of which waits for a lock.
   *
   * @param cpus how many emulated CPUs, at least 1
   * @param memories makes the memory that the CPUs' words lie in
   */
  public CpuContexts(int cpus, Memory.Factory memories) {
    if (cpus < 1) {
      throw new IllegalArgumentException("cpus must be >= 1: cpus=" + cpus);
    }
    Layout layout = new Layout();
    state = new int[cpus];
    nodes = new int[cpus];
    for (int cpu = 0; cpu < cpus; cpu++) {
      state[cpu] = layout.reserve("irqs " + cpu, STATE_WORDS);
      nodes[cpu] = layout.reserve("queue nodes " + cpu, NESTING_LEVELS * NODE_WORDS);
    }
    memory = memories.create(layout);
  }

  /** {@return how many emulated CPUs there are; they are numbered from 0} */
  public int count() {
    return state.length;
  }

  /**
   * {@return whether interrupts are on, on a CPU}
   *
   * @param cpu in {@code [0, count())}
   */
  public boolean irqsEnabled(int cpu) {
    return memory.get(state[cpu] + IRQS_OFF) == 0;
  }

  /**
   * Turns interrupts off on {@code cpu}: {@code local_irq_save}.
   *
   * @param cpu the CPU that asks, in {@code [0, count())}
   * @return what {@link #restoreIrqs} takes
   */
  public long saveAndDisableIrqs(int cpu) {
    int word = state[cpu] + IRQS_OFF;
    long before = memory.get(word);
    memory.set(word, 1);
    return before;
  }

  /**
   * Puts interrupts back to what they were: {@code local_irq_restore}.
   *
   * @param cpu the CPU that asks, in {@code [0, count())}
   * @param saved what {@link #saveAndDisableIrqs} returned
   */
  public void restoreIrqs(int cpu, long saved) {
    memory.set(state[cpu] + IRQS_OFF, saved);
  }

  /**
   * Takes the CPU's next queue node.
   *
   * @param cpu the CPU that waits, in {@code [0, count())}
   * @return the node's level, from 0; it may reach or pass {@link #NESTING_LEVELS}, and then it has
   *     no node
   */
  public int enterQueue(int cpu) {
    int word = state[cpu] + QUEUE_DEPTH;
    long level = memory.get(word);
    memory.set(word, level + 1);
    return (int) level;
  }

  /**
   * Gives back the queue node that the CPU took last.
   *
   * @param cpu the CPU that waited, in {@code [0, count())}
   */
  public void leaveQueue(int cpu) {
    int word = state[cpu] + QUEUE_DEPTH;
    memory.set(word, memory.get(word) - 1);
  }

  /**
   * {@return the memory that nodes live in: {@link #nextWord} and {@link #grantedWord} index it}
   */
  public Memory memory() {
    return memory;
  }

  /**
   * {@return the index of the word that holds the successor's tail code, 0 while there is none}
   *
   * @param cpu the CPU whose node it is
   * @param level which of its nodes, in {@code [0, NESTING_LEVELS)}
   */
  public int nextWord(int cpu, int level) {
    return nodes[cpu] + level * NODE_WORDS;
  }

  /**
   * {@return the index of the word that the predecessor sets to 1 when this waiter becomes the head
   * of the queue}
   *
   * @param cpu the CPU whose node it is
   * @param level which of its nodes, in {@code [0, NESTING_LEVELS)}
   */
  public int grantedWord(int cpu, int level) {
    return nodes[cpu] + level * NODE_WORDS + 1;
  }
}
