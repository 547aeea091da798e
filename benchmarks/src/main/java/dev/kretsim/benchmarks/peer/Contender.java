package dev.kretsim.benchmarks.peer;

import java.lang.invoke.VarHandle;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What takes part in {@link PoolRounds}: a pool whose instances are taken, written to, held and
 * given back. One is loaded for each fork, so that the calls into it are direct.
 *
 * <p>All do the same with an instance: write one word of it. The fence between that and the giving
 * back stands for the function that is called meanwhile: without it the compiler may cancel a push
 * against its pop where nothing is shared.
 *
 * <p><b>Threads.</b> Each CPU is one thread, which calls {@link #join} first.
 */
public abstract class Contender {
  private static final int WORDS_PER_LINE = 8;

  private final int capacity;
  private final long[] words;

  Contender(int capacity) {
    this.capacity = capacity;
    this.words = new long[(capacity + 4) * WORDS_PER_LINE];
  }

  final int capacity() {
    return capacity;
  }

  /** Makes ready what the thread of this CPU keeps for itself. */
  public void join(int cpu) {}

  /** Whether one instance was had: it is held for so long, and given back. */
  public abstract boolean takeAndGive(int cpu, int holdTokens);

  /** How many of so many were had; they are all given back, the last one first. */
  public abstract int takeAndGiveMany(int cpu, int wanted);

  /** How many are free, or the capacity if it keeps no count. Nobody calls anything meanwhile. */
  public abstract int free();

  /** Ends the threads that a peer may have of its own. */
  public void close() {}

  final void use(int instance, int cpu) {
    words[(instance + 2) * WORDS_PER_LINE] = cpu;
  }

  final void hold(int tokens) {
    VarHandle.acquireFence();
    if (tokens > 0) {
      Blackhole.consumeCPU(tokens);
    }
  }

  /** One instance of a peer. */
  static final class Item {
    final int index;

    Item(int index) {
      this.index = index;
    }
  }

  /** Instances that are objects, as peers have them. */
  abstract static class OfObjects<T> extends Contender {
    private final Object[][] held;

    OfObjects(int capacity, int cpus) {
      super(capacity);
      held = new Object[cpus][];
    }

    @Override
    public void join(int cpu) {
      held[cpu] = new Object[2 * capacity() + 4 * WORDS_PER_LINE];
    }

    /** An instance, at once or not at all. */
    abstract @Nullable T take(int cpu);

    abstract void give(int cpu, T instance);

    abstract int indexOf(T instance);

    @Override
    public final boolean takeAndGive(int cpu, int holdTokens) {
      T instance = take(cpu);
      if (instance == null) {
        return false;
      }
      use(indexOf(instance), cpu);
      hold(holdTokens);
      give(cpu, instance);
      return true;
    }

    @Override
    @SuppressWarnings("unchecked") // only what take() returned is in there
    public final int takeAndGiveMany(int cpu, int wanted) {
      Object[] instances = held[cpu];
      int had = 0;
      for (int i = 0; i < wanted; i++) {
        T instance = take(cpu);
        if (instance != null) {
          use(indexOf(instance), cpu);
          instances[2 * WORDS_PER_LINE + had++] = instance;
        }
      }
      hold(0);
      for (int i = had - 1; i >= 0; i--) {
        give(cpu, (T) instances[2 * WORDS_PER_LINE + i]);
      }
      return had;
    }
  }

  /** Instances that lie in a collection while they are free. */
  abstract static class OfItems extends OfObjects<Item> {
    private final Collection<Item> free;

    /**
     * @param free empty
     */
    OfItems(int capacity, int cpus, Collection<Item> free) {
      super(capacity, cpus);
      this.free = free;
      for (int i = 0; i < capacity; i++) {
        free.add(new Item(i));
      }
    }

    @Override
    final int indexOf(Item item) {
      return item.index;
    }

    @Override
    public final int free() {
      return free.size();
    }
  }
}
