package dev.kretsim.testkit;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.lock.RawSpinLock;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.explore.Explorer;
import dev.kretsim.memory.explore.Operation;
import dev.kretsim.memory.explore.Scene;
import dev.kretsim.memory.interleave.Access;
import dev.kretsim.memory.interleave.Interleaving;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CPUs at a lock, each with a script: {@code L} locks and unlocks with interrupts off, {@code T}
 * tries once. Whoever is inside counts, plainly: so the explorer checks that one CPU at a time is
 * inside, and that it sees what the one before it did. Those who queue have to get in in the order
 * in which they came.
 */
public final class LockScene implements Scene {
  private static final long NOT_TAKEN = -1;
  private static final long TAIL = -1L << 16;

  /** The contexts' memory is created before the lock's. */
  private static final int LOCK_MEMORY = 1;

  /** How a lock under test is made: a constructor, right or broken. */
  public interface Form {
    RawSpinLock create(Memory memory, int firstWord, CpuContexts cpus);
  }

  /** How CPUs stand in line for a lock, if they do. */
  public enum Line {
    NONE {
      @Override
      boolean joins(Access access, long before) {
        return false;
      }
    },
    TICKETS {
      @Override
      boolean joins(Access access, long before) {
        return access.kind() == Access.Kind.GET_AND_ADD;
      }
    },
    /** A claim that no lock with it makes: each exchange stands in line. */
    EXCHANGES {
      @Override
      boolean joins(Access access, long before) {
        return access.kind() == Access.Kind.GET_AND_SET;
      }
    },
    /** A new tail: the fast path and the pending CPU are not in line. */
    TAILS {
      @Override
      boolean joins(Access access, long before) {
        return access.kind() == Access.Kind.COMPARE_AND_EXCHANGE
            && access.first() == before
            && (access.second() & TAIL) != 0
            && (access.second() & TAIL) != (before & TAIL);
      }
    };

    abstract boolean joins(Access access, long before);

    /** That of a form that ships; how another forms its line, nobody but itself knows. */
    public static Line of(LockDesign kind) {
      return kind.equals(LockDesigns.TICKET)
          ? TICKETS
          : kind.equals(LockDesigns.QUEUED) ? TAILS : NONE;
    }
  }

  private final CpuContexts cpus;
  private final RawSpinLock lock;
  private final Memory memory;
  private final int word;
  private final int count;
  private final Line line;
  private final List<String> scripts;
  private final int[] at;
  private final long[] saved;
  private final Deque<Integer> waiting = new ArrayDeque<>();
  private int entered;

  private LockScene(Interleaving interleaving, Form form, Line line, List<String> scripts) {
    this.line = line;
    this.scripts = scripts;
    at = new int[scripts.size()];
    saved = new long[scripts.size()];
    cpus = new CpuContexts(scripts.size(), interleaving);
    Layout layout = new Layout();
    word = layout.reserve("lock", RawSpinLock.WORDS);
    count = layout.reserve("count", 1);
    memory = interleaving.create(layout);
    lock = form.create(memory, word, cpus);
  }

  public static Explorer explorer(LockDesign kind, String... scripts) {
    return explorer(kind::create, Line.of(kind), scripts);
  }

  public static Explorer explorer(Form form, Line line, String... scripts) {
    return new Explorer(interleaving -> new LockScene(interleaving, form, line, List.of(scripts)));
  }

  @Override
  public int cpus() {
    return scripts.size();
  }

  @Override
  public @Nullable Operation next(int cpu) {
    int step = at[cpu]++;
    if (step / 2 >= scripts.get(cpu).length()) {
      return null;
    }
    boolean tries = scripts.get(cpu).charAt(step / 2) == 'T';
    if (step % 2 == 0) {
      return Operation.of(
          tries ? "try lock" : "lock", () -> enter(cpu, tries), irqs -> in(cpu, irqs));
    }
    return Operation.of("unlock", () -> leave(cpu, saved[cpu], tries), ignored -> {});
  }

  private long enter(int cpu, boolean tries) {
    long irqs = NOT_TAKEN;
    if (!tries) {
      irqs = lock.lockIrqSave(cpu);
    } else if (lock.tryLock(cpu)) {
      irqs = 0;
    }
    if (irqs != NOT_TAKEN) {
      memory.set(count, memory.get(count) + 1);
    }
    return irqs;
  }

  private void in(int cpu, long irqs) {
    saved[cpu] = irqs;
    entered += irqs == NOT_TAKEN ? 0 : 1;
    if (waiting.contains(cpu) && waiting.remove() != cpu) {
      throw new AssertionError("passed somebody in line: cpu=" + cpu);
    }
  }

  private long leave(int cpu, long irqs, boolean tries) {
    if (irqs == NOT_TAKEN) {
      return 0;
    }
    if (tries) {
      lock.unlock(cpu);
    } else {
      lock.unlockIrqRestore(cpu, irqs);
    }
    return 0;
  }

  @Override
  public void accessed(int cpu, Access access, long before) {
    if (access.memory() == LOCK_MEMORY
        && access.word() == word
        && line.joins(access, before)
        && !waiting.contains(cpu)) {
      waiting.add(cpu);
    }
  }

  @Override
  public void end() {
    if (memory.get(count) != entered) {
      throw new AssertionError("two CPUs inside: counted " + memory.get(count) + " of " + entered);
    }
    for (int cpu = 0; cpu < scripts.size(); cpu++) {
      if (!cpus.irqsEnabled(cpu)) {
        throw new AssertionError("interrupts left off: cpu=" + cpu);
      }
    }
  }
}
