package dev.kretsim.pool;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/*
 * Invariants of a ring (head <= tail <= head + capacity <= head + positions, modulo 2^64)
 *   I1  entries[head .. tail) hold free instances. Only the ring's own CPU writes entries and tail,
 *       and it is never in two such writes at once: PUSHING is set from before it reads tail until
 *       after it has stored it. Whoever interrupts it there spills instead (I4).
 *   I2  A position is written again only when as many pushes as there are positions have followed.
 *       The ring never holds more than that, so head has passed it by then: an entry read before a
 *       successful exchange of head is the entry of that head.
 *   I3  Head is read before tail. If they are equal, the ring was empty when tail was read, for
 *       head never passes tail.
 * Invariants of the spill
 *   I4  A stack of instances whose push interrupted another push on its CPU. Each push raises the
 *       count in its head, so a head that was seen comes back only without a push in between, and
 *       then what is below it is still what it was (no ABA).
 * Why a miss is exact
 *   I5  Tails and the spill's count move at each push, one way, and at nothing else. The first
 *       collect sees each place empty and adds these up; the second adds them up again. If the sums
 *       are equal, no place had a push from when it was seen empty until it was looked at again: so
 *       all of them were empty at once, at the moment between the two collects. If not, somebody
 *       has pushed meanwhile: looking again is lock-free.
 *   I6  Wrap-around: I2, I4 and I5 could be fooled by 2^39 pushes during a single operation, which
 *       take a quarter of an hour at 2 ns each. Sums that wrap stay different when they were.
 * Ordering
 *   The release of tail publishes the entry (and what the pusher wrote); the acquire of tail pairs
 *   with it. Acquires keep the two collects, and head and tail, in order. A push may still wait in
 *   its CPU's store buffer: then nothing that happened after it has been seen by anybody.
 */
/**
 * A ring for each possible CPU whose tail only that CPU writes: popping is one exchange, pushing is
 * none. Ours, not a kernel's.
 *
 * <p>A CPU pushes to its own ring and pops from its own first, then from the others in ascending
 * order; FIFO within a ring. Exact: it misses only if nothing was free at one moment of the pop.
 *
 * <p><b>Nesting.</b> Interrupts and NMIs may pop and push in the middle of any operation on the
 * same CPU, and interrupts stay on. Preemption has to be off during a push, as it is in every
 * kprobe handler: it must end on the CPU where it began.
 */
final class RingPool implements InstancePool {
  /** As in {@link Objpool}; an instance and a count of 39 bits have to fit into one word. */
  private static final int MAX_CAPACITY = 1 << 24;

  private static final int TAIL = 1;
  private static final int PUSHING = 2;
  private static final int ENTRIES = 3;

  private static final int COUNT_SHIFT = 25;
  private static final long NODE = (1L << COUNT_SHIFT) - 1;
  private static final long ONE_PUSH = 1L << COUNT_SHIFT;
  private static final int END = 0;

  private final int capacity;
  private final Memory memory;
  private final int[] rings;
  private final int mask;
  private final int spill;
  private final int below;

  RingPool(PoolSpec spec) {
    this(spec, 0);
  }

  /**
   * @param firstSequence where heads, tails and the spill's count start
   */
  RingPool(PoolSpec spec, long firstSequence) {
    int cpus = spec.cpus().count();
    capacity = spec.capacityUpTo(maxCapacity(cpus));
    int positions = capacity == 1 ? 1 : Integer.highestOneBit(capacity - 1) << 1;
    mask = positions - 1;
    Layout layout = new Layout();
    rings = new int[cpus];
    for (int cpu = 0; cpu < cpus; cpu++) {
      rings[cpu] = layout.reserve(ENTRIES + positions);
    }
    spill = layout.reserve(1);
    below = layout.reserve(capacity);
    memory = spec.memories().create(layout);
    memory.set(spill, firstSequence << COUNT_SHIFT);
    int instance = 0;
    for (int cpu = 0; cpu < cpus; cpu++) {
      int ring = rings[cpu];
      long tail = firstSequence;
      memory.set(ring, tail);
      // Lower CPUs get the remainder.
      int share = capacity / cpus + (cpu < capacity % cpus ? 1 : 0);
      for (int left = share; left > 0; left--) {
        memory.set(entry(ring, tail++), instance++);
      }
      memory.set(ring + TAIL, tail);
    }
  }

  /** The limit, or a lower one where the rings of all CPUs would not fit into a layout. */
  static int maxCapacity(int cpus) {
    int positions = MAX_CAPACITY;
    while (positions > 1 && wordsFor(positions, cpus) > Layout.MAX_WORDS) {
      positions >>= 1;
    }
    return positions;
  }

  private static long wordsFor(int positions, int cpus) {
    return new Layout().size()
        + Layout.wordsFor(ENTRIES + positions) * cpus
        + Layout.wordsFor(1)
        + Layout.wordsFor(positions);
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int pop(int cpu) {
    while (true) {
      long pushes = 0;
      for (int step = 0; step < rings.length; step++) {
        int victim = cpu + step;
        int ring = rings[victim < rings.length ? victim : victim - rings.length];
        long head = memory.getAcquire(ring);
        long tail = memory.getAcquire(ring + TAIL); // I3
        while (head != tail) {
          long instance = memory.getOpaque(entry(ring, head)); // I2
          long witness = memory.compareAndExchange(ring, head, head + 1);
          if (witness == head) {
            return (int) instance;
          }
          head = witness;
          tail = memory.getAcquire(ring + TAIL);
        }
        pushes += tail;
      }
      long top = memory.getAcquire(spill);
      while ((top & NODE) != END) {
        int instance = (int) (top & NODE) - 1;
        long next = top - (top & NODE) + memory.getOpaque(below + instance); // I4
        long witness = memory.compareAndExchange(spill, top, next);
        if (witness == top) {
          return instance;
        }
        top = witness;
      }
      if (pushes + (top >>> COUNT_SHIFT) == pushes()) {
        return MISSED; // I5
      }
    }
  }

  /** The second collect. */
  private long pushes() {
    long pushes = memory.getAcquire(spill) >>> COUNT_SHIFT;
    for (int ring : rings) {
      pushes += memory.getAcquire(ring + TAIL);
    }
    return pushes;
  }

  @Override
  public void push(int cpu, int instance) {
    int ring = rings[cpu];
    if (memory.getOpaque(ring + PUSHING) != 0) {
      spill(instance);
      return;
    }
    memory.setOpaque(ring + PUSHING, 1);
    long tail = memory.getOpaque(ring + TAIL);
    memory.setOpaque(entry(ring, tail), instance);
    memory.setRelease(ring + TAIL, tail + 1);
    memory.setOpaque(ring + PUSHING, 0);
  }

  private void spill(int instance) {
    long top = memory.getOpaque(spill);
    while (true) {
      memory.setOpaque(below + instance, top & NODE);
      long next = top - (top & NODE) + ONE_PUSH + instance + 1;
      long witness = memory.compareAndExchange(spill, top, next);
      if (witness == top) {
        return;
      }
      top = witness;
    }
  }

  @Override
  public int free() {
    int count = 0;
    for (int ring : rings) {
      count += (int) (memory.get(ring + TAIL) - memory.get(ring));
    }
    for (long node = memory.get(spill) & NODE; node != END; node = memory.get(nextOf(node))) {
      count++;
    }
    return count;
  }

  /** A list for each possible CPU, and the spill. */
  @Override
  public List<List<Integer>> freeLists() {
    List<List<Integer>> free = new ArrayList<>();
    for (int ring : rings) {
      List<Integer> onCpu = new ArrayList<>();
      long tail = memory.get(ring + TAIL);
      for (long at = memory.get(ring); at != tail; at++) {
        onCpu.add((int) memory.get(entry(ring, at)));
      }
      free.add(onCpu);
    }
    List<Integer> spilled = new ArrayList<>();
    for (long node = memory.get(spill) & NODE; node != END; node = memory.get(nextOf(node))) {
      spilled.add((int) node - 1);
    }
    free.add(spilled);
    return free;
  }

  private int nextOf(long node) {
    return below + (int) node - 1;
  }

  private int entry(int ring, long sequence) {
    return ring + ENTRIES + (int) (sequence & mask);
  }
}
