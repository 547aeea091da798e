package dev.kretsim.benchmarks.peer;

import io.netty.util.Recycler;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Netty's recycler: a cache of objects for each thread that makes a new one where it has none, and
 * drops what is too many. It has no fixed size, so it never misses and nothing is conserved.
 */
final class RecyclerContender extends Contender.OfObjects<RecyclerContender.Recycled> {
  static final class Recycled {
    private final int index;
    private final Recycler.Handle<Recycled> handle;

    Recycled(int index, Recycler.Handle<Recycled> handle) {
      this.index = index;
      this.handle = handle;
    }
  }

  private final AtomicInteger made = new AtomicInteger();
  private final Recycler<Recycled> recycler;

  RecyclerContender(int capacity, int cpus) {
    super(capacity, cpus);
    recycler =
        new Recycler<>(capacity) {
          @Override
          protected Recycled newObject(Handle<Recycled> handle) {
            return new Recycled(Math.floorMod(made.getAndIncrement(), capacity), handle);
          }
        };
  }

  @Override
  @Nullable Recycled take(int cpu) {
    return recycler.get();
  }

  @Override
  void give(int cpu, Recycled recycled) {
    recycled.handle.recycle(recycled);
  }

  @Override
  int indexOf(Recycled recycled) {
    return recycled.index;
  }

  @Override
  public int free() {
    return capacity();
  }
}
