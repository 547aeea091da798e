package dev.kretsim.pool;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/*
 * A push is safe from whoever interrupts it
 *   I1  LAST is what its CPU put into the slot last, and once a push has begun, what it is about to
 *       put there. So while no push is under way, both have the same count. Whoever interrupts a
 *       push from there on finds LAST ahead of the slot, puts it back and spills (I6). Whoever
 *       interrupts it earlier has come and gone when it looks at the slot: if that has filled it,
 *       the count has moved, and it begins again.
 * Invariants of a slot: a count of the pushes into it, and the instance that lies in it, or none
 *   I2  Only the slot's own CPU fills it, only when it is empty, and counts up with the same store.
 *       So an empty slot stays empty for a push that has begun, and no word of it comes back.
 * Invariants of a ring (head <= tail <= head + capacity <= head + positions, modulo 2^64)
 *   I3  entries[head .. tail) hold free instances. Only the ring's own CPU writes entries and tail,
 *       in a push that has begun.
 *   I4  A position is written again only when as many pushes as there are positions have followed.
 *       The ring never holds more than that, so head has passed it by then: an entry read before a
 *       successful exchange of head is the entry of that head.
 *   I5  Head is read before tail. If they are equal, the ring was empty when tail was read, for
 *       head never passes tail.
 * Invariants of the spill
 *   I6  A stack of instances whose push interrupted another push on its CPU. Each push raises the
 *       count in its head, so a head that was seen comes back only without a push in between, and
 *       then what is below it is still what it was (no ABA).
 * Why a miss is exact
 *   I7  Tails and the counts of slots and spill move at each push, one way, and at nothing else. The
 *       first collect sees each place empty and adds these up; the second adds them up again. If the
 *       sums are equal, no place had a push from when it was seen empty until it was looked at
 *       again: so all of them were empty at once, at the moment between the two collects. If not,
 *       somebody has pushed meanwhile: looking again is lock-free.
 *   I8  Wrap-around: I2, I4, I6 and I7 could be fooled by 2^39 pushes during a single operation,
 *       which take a quarter of an hour at 2 ns each. Sums that wrap stay different when they were.
 * Ordering
 *   The release of slot or tail publishes the instance (and what the pusher wrote); the acquire of
 *   it pairs with it. Acquires keep the two collects, and head and tail, in order. A push may still
 *   wait in its CPU's store buffer: then nothing that happened after it has been seen by anybody.
 * Why LAST, when the slot has the count too
 *   The next pop and push start from it, and not from what the exchange before has left in the slot,
 *   for which the processor would wait each time: a third of the whole cost.
 */
/**
 * A slot and a ring for each possible CPU which only that CPU fills: popping is one exchange,
 * pushing is none. Ours, not a kernel's.
 *
 * <p>A CPU pushes into its own slot, or, as long as that is full, into its own ring; it pops from
 * its own slot, its own ring, and then from the others in ascending order, ring first. FIFO within
 * a ring. Exact: it misses only if nothing was free at one moment of the pop.
 *
 * <p><b>Nesting.</b> Interrupts and NMIs may pop and push in the middle of any operation on the
 * same CPU, and interrupts stay on. Preemption has to be off during a push, as it is in every
 * kprobe handler: it must end on the CPU where it began.
 */
final class RingPool implements InstancePool {
  /** As in {@link Objpool}; an instance and a count of 39 bits have to fit into one word. */
  private static final int MAX_CAPACITY = 1 << 24;

  // What a CPU keeps, from its slot on.
  private static final int LAST = 1;
  private static final int HEAD = 2;
  private static final int TAIL = 3;
  private static final int ENTRIES = 4;

  private static final int COUNT_SHIFT = 25;
  private static final long NODE = (1L << COUNT_SHIFT) - 1;
  private static final long ONE_PUSH = 1L << COUNT_SHIFT;

  /** What lies in an empty place: no instance has this number. */
  private static final long NONE = NODE;

  private final int capacity;
  private final Memory memory;
  private final int cpus;
  private final int first;
  private final int stride;
  private final int mask;
  private final int spill;
  private final int below;

  RingPool(PoolSpec spec) {
    this(spec, 0);
  }

  /**
   * @param firstSequence where heads, tails and counts start
   */
  RingPool(PoolSpec spec, long firstSequence) {
    cpus = spec.cpus().count();
    capacity = spec.capacityUpTo(maxCapacity(cpus));
    int positions = capacity == 1 ? 1 : Integer.highestOneBit(capacity - 1) << 1;
    mask = positions - 1;
    Layout layout = new Layout();
    first = layout.reserve("cpu 0", ENTRIES + positions);
    stride = (int) Layout.wordsFor(ENTRIES + positions);
    for (int cpu = 1; cpu < cpus; cpu++) {
      layout.reserve("cpu " + cpu, ENTRIES + positions);
    }
    spill = layout.reserve("spill", 1);
    below = layout.reserve("below", capacity);
    memory = spec.memories().create(layout);
    long empty = firstSequence << COUNT_SHIFT | NONE;
    memory.set(spill, empty);
    int instance = 0;
    for (int cpu = 0; cpu < cpus; cpu++) {
      int slot = slotOf(cpu);
      memory.set(slot, empty);
      memory.set(slot + LAST, empty);
      memory.set(slot + HEAD, firstSequence);
      long tail = firstSequence;
      // Lower CPUs get the remainder.
      int share = capacity / cpus + (cpu < capacity % cpus ? 1 : 0);
      for (int left = share; left > 0; left--) {
        memory.set(entry(slot, tail++), instance++);
      }
      memory.set(slot + TAIL, tail);
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
    Memory memory = this.memory;
    int slot = slotOf(cpu);
    long last = memory.get(slot + LAST);
    long node = last & NODE;
    if (node != NONE && memory.testAndExchange(slot, last, last | NONE)) {
      return (int) node;
    }
    return search(cpu);
  }

  /** Looks everywhere, from the own ring on. */
  private int search(int cpu) {
    int search = memory.loop();
    while (true) {
      memory.again(search, 0);
      long pushes = 0;
      int scan = memory.loop();
      for (int step = 0; step < cpus; step++) {
        step = (int) memory.again(scan, step);
        pushes = memory.again(memory.loop(), pushes);
        int slot = slotOf(cpu + step < cpus ? cpu + step : cpu + step - cpus);
        long head = memory.getAcquire(slot + HEAD);
        long tail = memory.getAcquire(slot + TAIL); // I5
        while (head != tail) {
          long instance = memory.getOpaque(entry(slot, head)); // I4
          long witness = memory.compareAndExchange(slot + HEAD, head, head + 1);
          if (witness == head) {
            return (int) instance;
          }
          head = witness;
          tail = memory.getAcquire(slot + TAIL);
        }
        long held = memory.getAcquire(slot);
        while ((held & NODE) != NONE) {
          long witness = memory.compareAndExchange(slot, held, held | NONE);
          if (witness == held) {
            return (int) (held & NODE);
          }
          held = witness;
        }
        pushes += tail + (held >>> COUNT_SHIFT);
      }
      long top = memory.getAcquire(spill);
      while ((top & NODE) != NONE) {
        int instance = (int) (top & NODE);
        long next = top - (top & NODE) + memory.getOpaque(below + instance); // I6
        long witness = memory.compareAndExchange(spill, top, next);
        if (witness == top) {
          return instance;
        }
        top = witness;
      }
      if (pushes + (top >>> COUNT_SHIFT) == pushes()) {
        return MISSED; // I7
      }
    }
  }

  /** The second collect. */
  private long pushes() {
    long pushes = memory.getAcquire(spill) >>> COUNT_SHIFT;
    int scan = memory.loop();
    for (int cpu = 0; cpu < cpus; cpu++) {
      cpu = (int) memory.again(scan, cpu);
      pushes = memory.again(memory.loop(), pushes);
      int slot = slotOf(cpu);
      pushes += memory.getAcquire(slot + TAIL) + (memory.getAcquire(slot) >>> COUNT_SHIFT);
    }
    return pushes;
  }

  @Override
  public void push(int cpu, int instance) {
    Memory memory = this.memory;
    int slot = slotOf(cpu);
    long last = memory.get(slot + LAST);
    long empty = last | NONE;
    long mine = filled(empty, instance);
    memory.set(slot + LAST, mine);
    if (!memory.testAndRelease(slot, empty, mine)) {
      pushElsewhere(slot, last, instance);
    }
  }

  /**
   * A push that has begun, and has found its slot full or the count in it another.
   *
   * @param before what LAST was then
   */
  private void pushElsewhere(int slot, long before, int instance) {
    long last = before;
    while (true) {
      long held = memory.getOpaque(slot);
      long ahead = (last | NONE) - (held | NONE);
      if (ahead > 0) {
        memory.set(slot + LAST, last); // of the push that this one interrupts
        spill(instance);
        return;
      }
      if (held == (last | NONE)) {
        memory.setRelease(slot, filled(held, instance)); // emptied meanwhile
        return;
      }
      if (ahead == 0) {
        long tail = memory.getOpaque(slot + TAIL);
        memory.setOpaque(entry(slot, tail), instance);
        memory.setRelease(slot + TAIL, tail + 1);
        memory.set(slot + LAST, last);
        return;
      }
      last = held;
      memory.set(slot + LAST, filled(held | NONE, instance));
    }
  }

  /** The word of a place that was empty, with an instance and one push more. */
  private static long filled(long empty, int instance) {
    return empty + (ONE_PUSH - NONE) + instance;
  }

  private void spill(int instance) {
    long top = memory.getOpaque(spill);
    while (true) {
      memory.setOpaque(below + instance, top & NODE);
      long next = filled(top | NONE, instance);
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
    for (List<Integer> list : freeLists()) {
      count += list.size();
    }
    return count;
  }

  /** A list for each possible CPU, and one more if anything is spilled: it is handed out last. */
  @Override
  public List<List<Integer>> freeLists() {
    List<List<Integer>> free = new ArrayList<>();
    for (int cpu = 0; cpu < cpus; cpu++) {
      List<Integer> onCpu = new ArrayList<>();
      int slot = slotOf(cpu);
      long held = memory.get(slot);
      if ((held & NODE) != NONE) {
        onCpu.add((int) (held & NODE));
      }
      long tail = memory.get(slot + TAIL);
      for (long at = memory.get(slot + HEAD); at != tail; at++) {
        onCpu.add((int) memory.get(entry(slot, at)));
      }
      free.add(onCpu);
    }
    List<Integer> spilled = new ArrayList<>();
    for (long top = memory.get(spill);
        (top & NODE) != NONE;
        top = memory.get(below + (int) (top & NODE))) {
      spilled.add((int) (top & NODE));
    }
    if (!spilled.isEmpty()) {
      free.add(spilled);
    }
    return free;
  }

  private int slotOf(int cpu) {
    return first + cpu * stride;
  }

  private int entry(int slot, long sequence) {
    return slot + ENTRIES + (int) (sequence & mask);
  }
}
