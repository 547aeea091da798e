package dev.kretsim.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Memory whose accesses are performed one at a time, in an order that the caller chooses.
 *
 * <p>Each operation of an emulated CPU is a {@link Strand}. A strand runs until its next access,
 * which it announces and does not perform; {@link Strand#step} performs it. Java 17 cannot suspend
 * a method on one thread, so a strand is unwound at its access by an exception and run again from
 * its start with the results of its earlier accesses. That needs code without state of its own, and
 * the rerun checks it: an operation that asks for other accesses than before is refused.
 */
public final class Interleaving implements Memory.Factory {
  private enum Kind {
    READ,
    WRITE,
    COMPARE_AND_EXCHANGE,
    ADD,
    EXCHANGE,
    OR,
    AWAIT_EQUAL,
    AWAIT_NOT_EQUAL
  }

  private record Access(Kind kind, Words memory, int word, long first, long second) {
    boolean possible() {
      return switch (kind) {
        case AWAIT_EQUAL -> (memory.words[word] & first) == second;
        case AWAIT_NOT_EQUAL -> memory.words[word] != first;
        default -> true;
      };
    }

    long perform() {
      long before = memory.words[word];
      switch (kind) {
        case READ, AWAIT_EQUAL, AWAIT_NOT_EQUAL -> {}
        case WRITE, EXCHANGE -> memory.words[word] = first;
        case ADD -> memory.words[word] = before + first;
        case OR -> memory.words[word] = before | first;
        case COMPARE_AND_EXCHANGE -> {
          if (before == first) {
            memory.words[word] = second;
          }
        }
      }
      return before;
    }
  }

  /** Leaves an operation at its next access. Preallocated, without a stack: it is no error. */
  private static final class Unwind extends RuntimeException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("StaticAssignmentOfThrowable") // thrown at every access, and no error
    static final Unwind INSTANCE = new Unwind();

    private Unwind() {
      super(null, null, false, false);
    }
  }

  private @Nullable Strand running;
  private int created;

  @Override
  public Memory create(Layout layout) {
    return new Words(layout.size());
  }

  /**
   * Starts an operation and runs it up to its first access.
   *
   * @param operation code whose only effects are on memory of this interleaving
   */
  public Strand start(LongSupplier operation) {
    Strand strand = new Strand(operation);
    strand.resume();
    return strand;
  }

  private long access(Kind kind, Words memory, int word, long first, long second) {
    Access access = new Access(kind, memory, word, first, second);
    return running == null ? access.perform() : running.replay(access);
  }

  /** One operation on its way: finished, or stopped before an access. */
  public final class Strand {
    private final LongSupplier operation;
    private final List<Access> done = new ArrayList<>();
    private final List<Long> results = new ArrayList<>();
    private int replayed;
    private @Nullable Access next;
    private long result;

    private Strand(LongSupplier operation) {
      this.operation = operation;
    }

    public boolean finished() {
      return next == null;
    }

    /** Whether the next access can be performed now: false only while it waits for another CPU. */
    public boolean runnable() {
      return next != null && next.possible();
    }

    /** Performs the next access and runs on to the one after it, or to the end. */
    public void step() {
      if (next == null || !next.possible()) {
        throw new IllegalStateException("strand cannot step: " + (next == null ? "done" : next));
      }
      done.add(next);
      results.add(next.perform());
      resume();
    }

    /** What the operation returned; only once it is finished. */
    public long result() {
      if (next != null) {
        throw new IllegalStateException("strand has not finished: next=" + next);
      }
      return result;
    }

    /** The cache line of the next access: equal for equal lines, of this interleaving alone. */
    public long line() {
      Access access = pending();
      return ((long) access.memory().number << Integer.SIZE)
          | access.word() / Layout.WORDS_PER_LINE;
    }

    /** Whether the next access may write. */
    public boolean writes() {
      return switch (pending().kind()) {
        case READ, AWAIT_EQUAL, AWAIT_NOT_EQUAL -> false;
        default -> true;
      };
    }

    /** Whether the next access reads and writes as one. */
    public boolean atomic() {
      return writes() && pending().kind() != Kind.WRITE;
    }

    /** Whether the next access, made now, would be an exchange that finds another value. */
    public boolean wouldFail() {
      Access access = pending();
      return access.kind() == Kind.COMPARE_AND_EXCHANGE
          && access.memory().words[access.word()] != access.first();
    }

    private Access pending() {
      if (next == null) {
        throw new IllegalStateException("strand has finished");
      }
      return next;
    }

    /** How many accesses it has performed. */
    public int accesses() {
      return done.size();
    }

    private void resume() {
      replayed = 0;
      next = null;
      running = this;
      try {
        result = operation.getAsLong();
      } catch (Unwind stoppedAtAnAccess) {
        return;
      } finally {
        running = null;
      }
      if (replayed != done.size()) {
        throw new IllegalStateException("rerun made fewer accesses: the operation has own state");
      }
    }

    private long replay(Access access) {
      if (replayed == done.size()) {
        next = access;
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

  private final class Words extends Memory {
    private final long[] words;
    private final int number = created++;

    Words(int size) {
      words = new long[size];
    }

    @Override
    public long get(int word) {
      return access(Kind.READ, this, word, 0, 0);
    }

    @Override
    public void set(int word, long value) {
      access(Kind.WRITE, this, word, value, 0);
    }

    @Override
    public long getOpaque(int word) {
      return get(word);
    }

    @Override
    public void setOpaque(int word, long value) {
      set(word, value);
    }

    @Override
    public long getAcquire(int word) {
      return get(word);
    }

    @Override
    public void setRelease(int word, long value) {
      set(word, value);
    }

    @Override
    public long compareAndExchange(int word, long expected, long next) {
      return access(Kind.COMPARE_AND_EXCHANGE, this, word, expected, next);
    }

    @Override
    public long getAndAdd(int word, long delta) {
      return access(Kind.ADD, this, word, delta, 0);
    }

    @Override
    public long getAndSet(int word, long value) {
      return access(Kind.EXCHANGE, this, word, value, 0);
    }

    @Override
    public long getAndBitwiseOr(int word, long bits) {
      return access(Kind.OR, this, word, bits, 0);
    }

    @Override
    public long awaitEqual(int word, long mask, long value) {
      return access(Kind.AWAIT_EQUAL, this, word, mask, value);
    }

    @Override
    public long awaitNotEqual(int word, long value) {
      return access(Kind.AWAIT_NOT_EQUAL, this, word, value, 0);
    }
  }
}
