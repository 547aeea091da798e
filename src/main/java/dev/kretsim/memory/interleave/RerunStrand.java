package dev.kretsim.memory.interleave;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A strand without a thread. Java 17 cannot suspend a method on one thread, so it is unwound at its
 * access and run again from its start, which needs code without state of its own.
 */
final class RerunStrand extends Interleaving.Strand {
  private final LongSupplier operation;
  private final List<Access> done = new ArrayList<>();
  private final List<Long> results = new ArrayList<>();
  private int replayed;

  RerunStrand(Interleaving interleaving, LongSupplier operation) {
    super(interleaving);
    this.operation = operation;
  }

  @Override
  void proceed(Access access, long read) {
    done.add(access);
    results.add(read);
    resume();
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
    if (replayed != done.size()) {
      throw new IllegalStateException("rerun made fewer accesses: the operation has own state");
    }
  }

  @Override
  long reach(Access access) {
    if (replayed == done.size()) {
      announce(access);
      throw Unwind.INSTANCE;
    }
    if (!done.get(replayed).equals(access)) {
      throw new IllegalStateException(
          "rerun differs, so the operation has own state: before="
              + done.get(replayed)
              + " now="
              + access);
    }
    return results.get(replayed++);
  }
}
