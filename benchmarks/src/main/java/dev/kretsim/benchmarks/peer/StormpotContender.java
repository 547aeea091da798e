package dev.kretsim.benchmarks.peer;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import stormpot.Allocator;
import stormpot.BasePoolable;
import stormpot.Expiration;
import stormpot.Pool;
import stormpot.PoolTap;
import stormpot.Slot;
import stormpot.Timeout;

/**
 * Stormpot with instances that never expire: 3.2, or 4.1 where the build ran on JDK 21 or newer.
 */
final class StormpotContender extends Contender.OfObjects<StormpotContender.Pooled> {
  static final class Pooled extends BasePoolable {
    private final int index;

    Pooled(Slot slot, int index) {
      super(slot);
      this.index = index;
    }
  }

  private static final class Maker implements Allocator<Pooled> {
    private final AtomicInteger made = new AtomicInteger();

    @Override
    public Pooled allocate(Slot slot) {
      return new Pooled(slot, made.getAndIncrement());
    }

    @Override
    public void deallocate(Pooled pooled) {}
  }

  private static final Timeout AT_ONCE = new Timeout(0, TimeUnit.NANOSECONDS);

  private final boolean tapForEachThread;
  private final Pool<Pooled> pool;
  private final PoolTap<Pooled>[] taps;

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  StormpotContender(int capacity, int cpus, boolean tapForEachThread) {
    super(capacity, cpus);
    this.tapForEachThread = tapForEachThread;
    pool =
        Pool.from(new Maker())
            .setSize(capacity)
            .setExpiration(Expiration.never())
            .setBackgroundExpirationEnabled(false)
            .setPreciseLeakDetectionEnabled(false)
            .build();
    taps = new PoolTap[cpus];
    waitUntilFull();
  }

  /** A thread of the pool's own makes the instances. */
  private void waitUntilFull() {
    List<Pooled> all = new ArrayList<>();
    try {
      while (all.size() < capacity()) {
        Pooled pooled = pool.claim(new Timeout(1, TimeUnit.MINUTES));
        if (pooled == null) {
          throw new IllegalStateException("not filled: capacity=" + capacity());
        }
        all.add(pooled);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    all.forEach(Pooled::release);
  }

  @Override
  public void join(int cpu) {
    super.join(cpu);
    taps[cpu] = tapForEachThread ? threadTap() : pool.getThreadSafeTap();
  }

  /** It goes by another name in each version. */
  @SuppressWarnings("unchecked") // that is what both return
  private PoolTap<Pooled> threadTap() {
    try {
      for (Method method : Pool.class.getMethods()) {
        if (method.getName().matches("getThreadLocalTap|getSingleThreadedTap")) {
          return (PoolTap<Pooled>) method.invoke(pool);
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException("Stormpot has no tap for one thread");
  }

  /** No time to wait rather than {@code tryClaim}, which in 3.2 loops for ever on a taken one. */
  @Override
  @Nullable Pooled take(int cpu) {
    try {
      return taps[cpu].claim(AT_ONCE);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  void give(int cpu, Pooled pooled) {
    pooled.release();
  }

  @Override
  int indexOf(Pooled pooled) {
    return pooled.index;
  }

  /** Its own count takes what a thread keeps for itself for used. */
  @Override
  public int free() {
    return capacity();
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
