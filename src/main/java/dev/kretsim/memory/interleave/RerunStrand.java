package dev.kretsim.memory.interleave;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * A strand without a thread. Java 17 cannot suspend a method on one thread, so it is unwound at its
 * access and run again from its start, which needs code without state of its own.
 */
final class RerunStrand extends Interleaving.Strand {
  private static final int USUAL_ACCESSES = 16;

  private final LongSupplier operation;
  private final Interleaving.Pace pace;
  private Access[] done = new Access[USUAL_ACCESSES];
  private long[] results = new long[USUAL_ACCESSES];
  private int count;
  private int replayed;

  RerunStrand(Interleaving interleaving, LongSupplier operation, Interleaving.Pace pace) {
    super(interleaving);
    this.operation = operation;
    this.pace = pace;
  }

  @Override
  void proceed(Access access, long read) {
    log(access, read);
    resume();
  }

  private void log(Access access, long read) {
    if (count == done.length) {
      done = Arrays.copyOf(done, 2 * count);
      results = Arrays.copyOf(results, 2 * count);
    }
    done[count] = access;
    results[count] = read;
    count++;
  }

  void resume() {
    replayed = 0;
    interleaving.run(this);
    try {
      finish(operation.getAsLong());
    } catch (Unwind stoppedAtAnAccess) {
      return;
    } finally {
      interleaving.run(null);
    }
    if (replayed != count) {
      throw new IllegalStateException("rerun made fewer accesses: the operation has own state");
    }
  }

  @Override
  long reach(Access.Kind kind, int memory, int word, long first, long second) {
    if (replayed < count) {
      Access before = done[replayed];
      if (!before.is(kind, memory, word, first, second)) {
        throw new IllegalStateException(
            "rerun differs, so the operation has own state: before="
                + before
                + " now="
                + new Access(kind, memory, word, first, second));
      }
      return results[replayed++];
    }
    Access access = new Access(kind, memory, word, first, second);
    if (!pace.passes(access)) {
      announce(access);
      throw Unwind.INSTANCE;
    }
    long read = interleaving.perform(access);
    passed();
    log(access, read);
    replayed++;
    return read;
  }
}
