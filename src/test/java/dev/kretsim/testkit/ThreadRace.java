package dev.kretsim.testkit;

import dev.kretsim.pool.InstancePool;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One real thread for each CPU takes instances and gives them back; finished when constructed. */
public final class ThreadRace {
  private final InstancePool pool;
  private final AtomicIntegerArray holders;
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong misses = new AtomicLong();
  private final AtomicReference<@Nullable String> breach = new AtomicReference<>();

  public ThreadRace(InstancePool pool, int cpus, int attempts) throws InterruptedException {
    this.pool = pool;
    this.holders = new AtomicIntegerArray(pool.capacity());
    CountDownLatch start = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(cpus);
    for (int cpu = 0; cpu < cpus; cpu++) {
      int me = cpu;
      new Thread(
              () -> {
                try {
                  start.await();
                  cycle(me, attempts);
                } catch (InterruptedException | RuntimeException | Error e) {
                  breach.compareAndSet(null, e.toString());
                } finally {
                  done.countDown();
                }
              })
          .start();
    }
    start.countDown();
    done.await();
    drain();
  }

  /** The first broken promise, if there was one. */
  public Optional<String> breach() {
    return Optional.ofNullable(breach.get());
  }

  public long hits() {
    return hits.get();
  }

  public long misses() {
    return misses.get();
  }

  /** Holds up to two, and gives back the older: the order without which ABA cannot show. */
  private void cycle(int cpu, int attempts) {
    Deque<Integer> held = new ArrayDeque<>();
    for (int i = 0; i < attempts; i++) {
      int instance = pool.pop(cpu);
      if (instance == InstancePool.MISSED) {
        misses.incrementAndGet();
      } else {
        hits.incrementAndGet();
        hold(instance);
        held.add(instance);
      }
      if (held.size() == 2 || instance == InstancePool.MISSED) {
        giveBack(cpu, held.poll());
      }
    }
    giveBack(cpu, held.poll());
  }

  private void giveBack(int cpu, @Nullable Integer instance) {
    if (instance != null) {
      holders.decrementAndGet(instance);
      pool.push(cpu, instance);
    }
  }

  private void hold(int instance) {
    if (holders.incrementAndGet(instance) != 1) {
      breach.compareAndSet(null, "instance in two hands: " + instance);
    }
  }

  /** With everybody gone: each instance is there, once. */
  private void drain() {
    int free = 0;
    for (int instance = pool.pop(0);
        instance != InstancePool.MISSED && free <= pool.capacity();
        instance = pool.pop(0)) {
      hold(instance);
      free++;
    }
    if (free != pool.capacity()) {
      breach.compareAndSet(null, "instances lost: free=" + free);
    }
  }
}
