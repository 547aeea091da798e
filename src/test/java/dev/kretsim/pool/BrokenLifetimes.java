package dev.kretsim.pool;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.List;

/** Lifetimes that are each one line away from a right one. */
final class BrokenLifetimes {
  private BrokenLifetimes() {}

  /** A broken lifetime, and how often it releases in the schedule that shows it. */
  record Twin(LifetimeUnderTest lifetime, long releases) {
    @Override
    public String toString() {
      return lifetime.name();
    }
  }

  static List<Twin> all() {
    return List.of(
        new Twin(new LifetimeUnderTest("plain subtraction", PlainCount::new), 0),
        new Twin(new LifetimeUnderTest("count read again after it fell", SecondLook::new), 2),
        new Twin(new LifetimeUnderTest("nothing given up to a dead count", EmptyHands::new), 2),
        new Twin(new LifetimeUnderTest("owner's reference forgotten", ForgetfulOwner::new), 0));
  }

  private abstract static class Counted implements LifetimeUnderTest.Lifetime {
    final InstancePool pool;
    final Memory memory;
    final int references;
    final Runnable release;
    private final int own;

    Counted(InstancePool pool, Memory.Factory memories, Runnable release, int counted, int own) {
      this.pool = pool;
      this.release = release;
      this.own = own;
      Layout layout = new Layout();
      references = layout.reserve(1);
      memory = memories.create(layout);
      memory.set(references, (long) pool.capacity() + counted);
    }

    @Override
    public boolean retire(int cpu) {
      int found = own;
      while (pool.pop(cpu) != InstancePool.MISSED) {
        found++;
      }
      return giveUp(found);
    }

    @Override
    public boolean drop() {
      return giveUp(1);
    }

    boolean giveUp(long count) {
      boolean last = memory.getAndAdd(references, -count) == count;
      if (last) {
        release.run();
      }
      return last;
    }
  }

  private static final class PlainCount extends Counted {
    PlainCount(InstancePool pool, Memory.Factory memories, Runnable release) {
      super(pool, memories, release, 1, 1);
    }

    @Override
    boolean giveUp(long count) {
      long left = memory.getOpaque(references) - count;
      memory.setOpaque(references, left);
      if (left == 0) {
        release.run();
      }
      return left == 0;
    }
  }

  private static final class SecondLook extends Counted {
    SecondLook(InstancePool pool, Memory.Factory memories, Runnable release) {
      super(pool, memories, release, 1, 1);
    }

    @Override
    boolean giveUp(long count) {
      memory.getAndAdd(references, -count);
      boolean last = memory.getAcquire(references) == 0;
      if (last) {
        release.run();
      }
      return last;
    }
  }

  /** Instances alone count, and a retirement that finds none asks all the same. */
  private static final class EmptyHands extends Counted {
    EmptyHands(InstancePool pool, Memory.Factory memories, Runnable release) {
      super(pool, memories, release, 0, 0);
    }
  }

  private static final class ForgetfulOwner extends Counted {
    ForgetfulOwner(InstancePool pool, Memory.Factory memories, Runnable release) {
      super(pool, memories, release, 1, 0);
    }
  }
}
