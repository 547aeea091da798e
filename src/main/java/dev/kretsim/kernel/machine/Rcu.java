package dev.kretsim.kernel.machine;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;

/**
 * Grace periods, by counting quiescent states: a CPU that reports one holds no pointer into the
 * probe tables any more.
 *
 * <p>A CPU whose count is 0 is not being driven by a thread of its own, and is not waited for: in
 * virtual time a registration runs between hits, never during one.
 */
public final class Rcu {
  private static final long NOT_RUNNING = 0;

  private final Memory memory;
  private final int[] counts;
  private final Queue<IntConsumer> callbacks = new ConcurrentLinkedQueue<>();

  Rcu(int cpus, Memory.Factory memories) {
    Layout layout = new Layout();
    counts = new int[cpus];
    for (int cpu = 0; cpu < cpus; cpu++) {
      counts[cpu] = layout.reserve(1);
    }
    memory = memories.create(layout);
  }

  /**
   * Says that {@code cpu} is between hits; its own thread calls this again and again.
   *
   * @param cpu its number, from 0
   */
  public void quiescent(int cpu) {
    memory.setRelease(counts[cpu], memory.getOpaque(counts[cpu]) + 1);
  }

  /**
   * Says that {@code cpu}'s thread has stopped driving it.
   *
   * @param cpu its number, from 0
   */
  public void stopped(int cpu) {
    memory.setRelease(counts[cpu], NOT_RUNNING);
  }

  /**
   * {@code synchronize_rcu}: waits until every other running CPU has been between hits.
   *
   * @param caller the CPU that waits, itself between hits
   */
  public void synchronize(int caller) {
    for (int cpu = 0; cpu < counts.length; cpu++) {
      long before = memory.getAcquire(counts[cpu]);
      if (cpu != caller && before != NOT_RUNNING) {
        memory.awaitNotEqual(counts[cpu], before);
      }
    }
    for (IntConsumer due = callbacks.poll(); due != null; due = callbacks.poll()) {
      due.accept(caller);
    }
  }

  /**
   * {@code call_rcu}: has something done after a grace period, by whoever waits for one next.
   *
   * @param callback takes the CPU that it runs on
   */
  public void later(IntConsumer callback) {
    callbacks.add(callback);
  }

  /** {@return whether anything waits for a grace period that was asked for with {@link #later}} */
  public boolean hasCallbacks() {
    return !callbacks.isEmpty();
  }
}
