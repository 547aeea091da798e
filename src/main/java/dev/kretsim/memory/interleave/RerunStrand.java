package dev.kretsim.memory.interleave;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * A strand without a thread. Java 17 cannot suspend a method on one thread, so it is unwound at its
 * access and run again from its start, which needs code without state of its own.
 */
final class RerunStrand extends Interleaving.Strand {
  private static final int USUAL_ACCESSES = 16;

  /** What is kept of an access: what and where, first, second, and what it read. */
  private static final int FIELDS = 4;

  private static final int KIND_SHIFT = 58;

  private static final int READ = 3;

  /** Stands where accesses have their kind and place. */
  private static final long TOP_OF_ROUND = -1;

  private final LongSupplier operation;
  private final Interleaving.Pace pace;
  private long[] log = new long[FIELDS * USUAL_ACCESSES];
  private int end;
  private int replayed;

  RerunStrand(Interleaving interleaving, LongSupplier operation, Interleaving.Pace pace) {
    super(interleaving);
    this.operation = operation;
    this.pace = pace;
  }

  @Override
  public void again() {
    if (!finished()) {
      throw new IllegalStateException("strand has not finished: next=" + next());
    }
    end = 0;
    resume();
  }

  @Override
  void proceed(Access access, long read) {
    add(
        place(access.kind(), access.memory(), access.word()),
        access.first(),
        access.second(),
        read);
    resume();
  }

  private static long place(Access.Kind kind, int memory, int word) {
    return (long) kind.ordinal() << KIND_SHIFT | (long) memory << Integer.SIZE | word;
  }

  private void add(long place, long first, long second, long read) {
    int at = end;
    if (at == log.length) {
      log = Arrays.copyOf(log, 2 * at);
    }
    log[at] = place;
    log[at + 1] = first;
    log[at + 2] = second;
    log[at + READ] = read;
    end = at + FIELDS;
  }

  void resume() {
    replayed = 0;
    left = false;
    interleaving.run(this);
    try {
      finish(operation.getAsLong());
    } catch (Unwind stoppedAtAnAccess) {
      return;
    } finally {
      interleaving.run(null);
    }
    if (replayed != end) {
      throw new IllegalStateException("rerun made fewer accesses: the operation has own state");
    }
  }

  /** The place in the log, which is the same in each rerun. */
  @Override
  int loop() {
    return replayed;
  }

  /** Of a loop only the last round is kept: what was before it, the state tells. */
  @Override
  long again(int loop, long state) {
    if (replayed < end) {
      if (replayed != loop || log[loop] != TOP_OF_ROUND) {
        throw new IllegalStateException("rerun comes to another loop: the operation has own state");
      }
      replayed += FIELDS;
      return log[loop + READ];
    }
    if (loop < end && log[loop] != TOP_OF_ROUND) {
      throw new IllegalStateException("a loop begins with its first round, not with an access");
    }
    end = loop;
    add(TOP_OF_ROUND, 0, 0, state);
    replayed = end;
    return state;
  }

  @Override
  long reach(Access.Kind kind, int memory, int word, long first, long second) {
    int at = replayed;
    long place = place(kind, memory, word);
    if (at < end) {
      long[] before = log;
      if (before[at] != place || before[at + 1] != first || before[at + 2] != second) {
        throw new IllegalStateException(
            "rerun differs, so the operation has own state: access=%d now=%s"
                .formatted(at / FIELDS, new Access(kind, memory, word, first, second)));
      }
      replayed = at + FIELDS;
      return before[at + READ];
    }
    if (!pace.passes(kind, memory, word, first, second)) {
      announce(new Access(kind, memory, word, first, second));
      left = true;
      return 0;
    }
    long read = interleaving.perform(kind, memory, word, first, second);
    passed();
    add(place, first, second, read);
    replayed = end;
    return read;
  }
}
