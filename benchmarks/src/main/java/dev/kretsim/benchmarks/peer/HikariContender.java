package dev.kretsim.benchmarks.peer;

import com.zaxxer.hikari.util.ConcurrentBag;
import com.zaxxer.hikari.util.ConcurrentBag.IConcurrentBagEntry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The bag that HikariCP keeps its connections in, asked with no time to wait. */
final class HikariContender extends Contender.OfObjects<HikariContender.Entry> {
  static final class Entry implements IConcurrentBagEntry {
    private final int index;
    private final AtomicInteger state = new AtomicInteger(STATE_NOT_IN_USE);

    Entry(int index) {
      this.index = index;
    }

    @Override
    public boolean compareAndSet(int expected, int next) {
      return state.compareAndSet(expected, next);
    }

    @Override
    public void setState(int next) {
      state.set(next);
    }

    @Override
    public int getState() {
      return state.get();
    }
  }

  private final ConcurrentBag<Entry> bag = new ConcurrentBag<>(waiting -> {});

  HikariContender(int capacity, int cpus) {
    super(capacity, cpus);
    for (int i = 0; i < capacity; i++) {
      bag.add(new Entry(i));
    }
  }

  @Override
  @Nullable Entry take(int cpu) {
    try {
      return bag.borrow(0, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  void give(int cpu, Entry entry) {
    bag.requite(entry);
  }

  @Override
  int indexOf(Entry entry) {
    return entry.index;
  }

  @Override
  public int free() {
    return bag.getCount(IConcurrentBagEntry.STATE_NOT_IN_USE);
  }

  @Override
  public void close() {
    bag.close();
  }
}
