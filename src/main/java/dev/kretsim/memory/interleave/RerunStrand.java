package dev.kretsim.memory.interleave;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

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

  private static final int KINDS = 5;

  /** Stands where accesses have their kind and place. */
  private static final long TOP_OF_ROUND = -1;

  private final LongSupplier operation;
  private final @Nullable RunOut runOut;
  private long[] log = new long[FIELDS * USUAL_ACCESSES];
  private int end;
  private int replayed;

  /** Whether it has come to an access that it may not make yet. */
  private boolean stopped;

  /** Where that is, roughly, and from where running out came to no end. */
  private int where;

  private long hopeless;

  RerunStrand(Interleaving interleaving, LongSupplier operation, Interleaving.Pace pace) {
    super(interleaving, pace);
    this.operation = operation;
    boolean leaves = pace == Interleaving.NEVER || interleaving.fromTheStart;
    this.runOut = leaves ? null : new RunOut(interleaving);
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
  void proceed(Access.Kind kind, int memory, int word, long first, long second, long read) {
    add(place(kind, memory, word), first, second, read);
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
    stopped = false;
    left = false;
    interleaving.run(this);
    try {
      finish(operation.getAsLong());
    } catch (RuntimeException e) {
      // Whatever it met with as it ran out: that is not what happens.
      if (!stopped) {
        throw e;
      }
      hopeless |= 1L << where;
    } finally {
      interleaving.run(null);
    }
    if (stopped) {
      if (runOut != null) {
        runOut.putBack();
      }
    } else if (replayed != end) {
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
    if (stopped) {
      return state;
    }
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
    if (stopped) {
      return beyond(kind, memory, word, first, second);
    }
    if (!pace.passes(kind, memory, word, first, second)) {
      announce(kind, memory, word, first, second);
      stopped = true;
      where = (replayed / FIELDS + KINDS * kind.ordinal()) % Long.SIZE;
      left = (hopeless >> where & 1) != 0;
      return beyond(kind, memory, word, first, second);
    }
    long read = interleaving.perform(kind, memory, word, first, second);
    passed();
    add(place(kind, memory, word), first, second, read);
    replayed = end;
    return read;
  }

  /** Whether the next access was made before. */
  boolean replays() {
    return replayed < end;
  }

  /** What it read then. */
  long replay(Access.Kind kind, int memory, int word, long first, long second) {
    long[] before = log;
    int at = replayed;
    if (before[at] != place(kind, memory, word)
        || before[at + 1] != first
        || before[at + 2] != second) {
      throw differs(kind, memory, word, first, second);
    }
    replayed = at + FIELDS;
    return before[at + READ];
  }

  private IllegalStateException differs(
      Access.Kind kind, int memory, int word, long first, long second) {
    return new IllegalStateException(
        "rerun differs, so the operation has own state: access=%d now=%s"
            .formatted(replayed / FIELDS, new Access(kind, memory, word, first, second)));
  }

  private long beyond(Access.Kind kind, int memory, int word, long first, long second) {
    if (left || runOut == null) {
      left = true;
      return 0;
    }
    if (!runOut.makes(kind, memory, word, first, second)) {
      left = true;
      return 0;
    }
    return runOut.read();
  }
}
