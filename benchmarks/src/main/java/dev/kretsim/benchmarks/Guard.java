package dev.kretsim.benchmarks;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.lock.RawSpinLock;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.RealMemory;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;

/** Ways to let one CPU at a time into a section, and the floor: a section for each CPU. */
public enum Guard {
  /** No lock, and nothing that is shared. */
  FLOOR {
    @Override
    Section create(int cpus) {
      Section[] own = new Section[cpus];
      for (int cpu = 0; cpu < cpus; cpu++) {
        own[cpu] = new Unguarded();
      }
      return new Section() {
        @Override
        void enter(int cpu) {
          own[cpu].enter(cpu);
        }

        @Override
        long entered() {
          long sum = 0;
          for (Section section : own) {
            sum += section.entered();
          }
          return sum;
        }
      };
    }
  },
  TAS {
    @Override
    Section create(int cpus) {
      return spinLocked(LockDesigns.TAS, cpus);
    }
  },
  TICKET {
    @Override
    Section create(int cpus) {
      return spinLocked(LockDesigns.TICKET, cpus);
    }
  },
  QUEUED {
    @Override
    Section create(int cpus) {
      return spinLocked(LockDesigns.QUEUED, cpus);
    }
  },
  REENTRANT_LOCK {
    @Override
    Section create(int cpus) {
      ReentrantLock lock = new ReentrantLock();
      return new Section() {
        @Override
        void enter(int cpu) {
          lock.lock();
          try {
            work();
          } finally {
            lock.unlock();
          }
        }
      };
    }
  },
  SYNCHRONIZED {
    @Override
    Section create(int cpus) {
      return new Section() {
        @Override
        synchronized void enter(int cpu) {
          work();
        }
      };
    }
  },
  STAMPED_LOCK {
    @Override
    Section create(int cpus) {
      StampedLock lock = new StampedLock();
      return new Section() {
        @Override
        void enter(int cpu) {
          long stamp = lock.writeLock();
          try {
            work();
          } finally {
            lock.unlockWrite(stamp);
          }
        }
      };
    }
  };

  abstract Section create(int cpus);

  private static Section spinLocked(LockDesign kind, int cpus) {
    Layout layout = new Layout();
    int word = layout.reserve(RawSpinLock.WORDS);
    RawSpinLock lock =
        kind.create(new RealMemory(layout), word, new CpuContexts(cpus, RealMemory::new));
    return new Section() {
      @Override
      void enter(int cpu) {
        long irqs = lock.lockIrqSave(cpu);
        work();
        lock.unlockIrqRestore(cpu, irqs);
      }
    };
  }

  /** A few words that belong together: a thread that does not wait for its turn breaks them. */
  abstract static class Section {
    private static final int FIRST = 16;
    private static final int LAST = FIRST + 4;

    private final long[] words = new long[LAST + 16];

    abstract void enter(int cpu);

    final void work() {
      for (int i = FIRST; i < LAST; i++) {
        words[i]++;
      }
    }

    /** How often somebody was inside, or less if the words do not belong together any more. */
    long entered() {
      long least = words[FIRST];
      for (int i = FIRST; i < LAST; i++) {
        least = Math.min(least, words[i]);
      }
      return least;
    }
  }

  private static final class Unguarded extends Section {
    @Override
    void enter(int cpu) {
      work();
    }
  }
}
