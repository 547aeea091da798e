package dev.kretsim.pool;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/*
 * Invariants of a ring (head <= last <= tail, modulo 2^32)
 *   I1  entries[head .. last) hold free instances; only the ring's own CPU moves tail and last.
 *   I2  Each ring has room for every instance, so a position is written again only after head has
 *       passed it by at least the number of instances: an entry read before a successful exchange
 *       of head is the entry of that head.
 *   I3  last may be read older than head: last - head - 1 is then huge, which means "look again",
 *       never "not empty".
 * Ordering
 *   The release of last publishes the entry (and what the pusher wrote); the acquire of last pairs
 *   with it.
 * Limit
 *   The rings are scanned one after the other: an instance pushed to a ring already scanned is
 *   missed, though it is free.
 */
/**
 * A ring for each possible CPU: a CPU pushes to its own and pops from its own first, then from the
 * others in ascending order.
 *
 * <p>FIFO within a ring. Not exact: see the limit above; no real kernel was seen to miss so.
 *
 * <p><b>Source.</b> {@code lib/objpool.c} and {@code include/linux/objpool.h}, kernels from 6.7 on.
 */
public final class Objpool implements InstancePool {
  /** {@code OBJPOOL_NR_OBJECT_MAX}. */
  private static final int MAX_CAPACITY = 1 << 24;

  private static final long SEQUENCE = 0xffff_ffffL;
  private static final int TAIL = 1;
  private static final int LAST = 2;
  private static final int ENTRIES = 3;

  private final int capacity;
  private final Memory memory;
  private final CpuContexts cpus;
  private final int[] rings;
  private final int mask;

  Objpool(PoolSpec spec) {
    this(spec, 0);
  }

  /**
   * @param firstSequence where head and tail start counting, in {@code [0, 2^32)}
   */
  Objpool(PoolSpec spec, long firstSequence) {
    cpus = spec.cpus();
    capacity = spec.capacityUpTo(maxCapacity(cpus.count()));
    int slots = capacity == 1 ? 1 : Integer.highestOneBit(capacity - 1) << 1;
    mask = slots - 1;
    Layout layout = new Layout();
    rings = new int[cpus.count()];
    for (int cpu = 0; cpu < rings.length; cpu++) {
      rings[cpu] = layout.reserve("ring " + cpu, ENTRIES + slots);
    }
    memory = spec.memories().create(layout);
    int instance = 0;
    for (int cpu = 0; cpu < rings.length; cpu++) {
      int ring = rings[cpu];
      long sequence = firstSequence & SEQUENCE;
      memory.set(ring, sequence);
      for (int left = shareOf(cpu); left > 0; left--) {
        memory.set(entry(ring, sequence), instance++);
        sequence = (sequence + 1) & SEQUENCE;
      }
      memory.set(ring + TAIL, sequence);
      memory.set(ring + LAST, sequence);
    }
  }

  /** The kernel's limit, or a lower one where the rings of all CPUs would not fit into a layout. */
  static int maxCapacity(int cpus) {
    int slots = MAX_CAPACITY;
    long room = Layout.MAX_WORDS - new Layout().size();
    while (slots > 1 && Layout.wordsFor(ENTRIES + slots) * cpus > room) {
      slots >>= 1;
    }
    return slots;
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int pop(int cpu) {
    long irqs = cpus.saveAndDisableIrqs(cpu);
    int found = MISSED;
    int scan = memory.loop();
    for (int step = 0; step < rings.length && found == MISSED; step++) {
      step = (int) memory.again(scan, step);
      int victim = cpu + step;
      found = popFrom(rings[victim < rings.length ? victim : victim - rings.length]);
    }
    cpus.restoreIrqs(cpu, irqs);
    return found;
  }

  private int popFrom(int ring) {
    long head = memory.getAcquire(ring);
    long last = memory.getAcquire(ring + LAST);
    int loop = memory.loop();
    while (head != last) {
      head = memory.again(loop, head);
      last = memory.again(memory.loop(), last);
      if (((last - head - 1) & SEQUENCE) >= capacity) {
        head = memory.getAcquire(ring); // I3
      } else {
        long instance = memory.getOpaque(entry(ring, head)); // I2
        long witness = memory.compareAndExchange(ring, head, (head + 1) & SEQUENCE);
        if (witness == head) {
          return (int) instance;
        }
        head = witness;
      }
      last = memory.getAcquire(ring + LAST);
    }
    return MISSED;
  }

  @Override
  public void push(int cpu, int instance) {
    long irqs = cpus.saveAndDisableIrqs(cpu);
    int ring = rings[cpu];
    long tail = memory.getOpaque(ring + TAIL);
    while (true) {
      // Nobody else pushes here while interrupts are off; the kernel exchanges all the same.
      long witness = memory.compareAndExchange(ring + TAIL, tail, (tail + 1) & SEQUENCE);
      if (witness == tail) {
        break;
      }
      tail = witness;
    }
    memory.setOpaque(entry(ring, tail), instance);
    memory.setRelease(ring + LAST, (tail + 1) & SEQUENCE);
    cpus.restoreIrqs(cpu, irqs);
  }

  @Override
  public int free() {
    int count = 0;
    for (int cpu = 0; cpu < rings.length; cpu++) {
      count += freeOn(cpu);
    }
    return count;
  }

  @Override
  public List<List<Integer>> freeLists() {
    List<List<Integer>> free = new ArrayList<>();
    for (int ring : rings) {
      List<Integer> onCpu = new ArrayList<>();
      long last = memory.get(ring + LAST);
      for (long at = memory.get(ring); at != last; at = (at + 1) & SEQUENCE) {
        onCpu.add((int) memory.get(entry(ring, at)));
      }
      free.add(onCpu);
    }
    return free;
  }

  /**
   * {@return how many instances lie free in a CPU's ring; exact as {@link #free} is}
   *
   * @param cpu which ring, in {@code [0, cpus)}
   */
  public int freeOn(int cpu) {
    return (int) ((memory.get(rings[cpu] + LAST) - memory.get(rings[cpu])) & SEQUENCE);
  }

  /** {@return how many positions each ring has: the next power of two that holds all instances} */
  public int slots() {
    return mask + 1;
  }

  /** Lower CPUs get the remainder. */
  private int shareOf(int cpu) {
    return capacity / rings.length + (cpu < capacity % rings.length ? 1 : 0);
  }

  private int entry(int ring, long sequence) {
    return ring + ENTRIES + (int) (sequence & mask);
  }
}
