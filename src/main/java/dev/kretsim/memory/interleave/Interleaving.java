package dev.kretsim.memory.interleave;

import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Memory whose accesses are performed one at a time, in an order that the caller chooses.
 *
 * <p>Each operation of an emulated CPU is a {@link Strand}. A strand runs until its next access,
 * which it announces and does not perform; {@link Strand#step} performs it.
 */
public final class Interleaving implements Memory.Factory {
  /** Decides, as a strand comes to an access, whether it is performed at once. */
  @FunctionalInterface
  public interface Pace {
    /**
     * Only an access that is possible now may pass: see {@link Access#possible}. The arguments are
     * those of an {@link Access}, which is not made for what passes.
     */
    boolean passes(Access.Kind kind, int memory, int word, long first, long second);
  }

  static final Pace NEVER = (kind, memory, word, first, second) -> false;

  private long[][] memories = new long[0][];
  private final List<Layout> layouts = new ArrayList<>();
  private final List<String> owners = new ArrayList<>();
  private final boolean locating;
  final boolean fromTheStart;
  private @Nullable Strand running;
  private long allowance = Long.MAX_VALUE;

  public Interleaving() {
    this(false);
  }

  /**
   * @param locating whether strands can tell which line of code asks for an access, which is slow
   */
  public Interleaving(boolean locating) {
    this(locating, false);
  }

  private Interleaving(boolean locating, boolean fromTheStart) {
    this.locating = locating;
    this.fromTheStart = fromTheStart;
  }

  /**
   * One that runs operations again from their start, whatever loops they have come to, and leaves
   * them where they stop. Slow, and the same.
   */
  public static Interleaving rerunningAll() {
    return new Interleaving(false, true);
  }

  @Override
  public Memory create(Layout layout) {
    int number = memories.length;
    memories = Arrays.copyOf(memories, number + 1);
    memories[number] = new long[layout.size()];
    layouts.add(layout);
    owners.add(locating ? CodeLine.classOfCaller() : "");
    return new InterleavedMemory(this, number);
  }

  /** What the word of an access holds now. */
  public long value(Access access) {
    return value(access.memory(), access.word());
  }

  /** What a word of one of the memories holds now. */
  public long value(int memory, int word) {
    return memories[memory][word];
  }

  /** What the word of an access is called. */
  public String nameOf(Access access) {
    String name = layouts.get(access.memory()).nameOf(access.word());
    return name.isEmpty() ? owners.get(access.memory()) + " " + access.word() : name;
  }

  /**
   * Starts an operation and runs it up to its first access. At each access it is unwound by an
   * exception, and run again from its start with the results of its earlier accesses.
   *
   * @param operation code whose only effects are on memory of this interleaving: it is refused if
   *     it asks for other accesses than before
   */
  public Strand start(LongSupplier operation) {
    return start(operation, NEVER);
  }

  /**
   * Starts an operation as {@link #start(LongSupplier)} does, and runs it up to the first access
   * that {@code pace} does not let pass: what is let pass costs no unwinding.
   */
  public Strand start(LongSupplier operation, Pace pace) {
    RerunStrand strand = new RerunStrand(this, operation, pace);
    strand.resume();
    return strand;
  }

  /**
   * Starts an operation that keeps state of its own and runs it up to its first access. It is given
   * a thread, which stands still while others move.
   */
  public Strand startOnThread(LongSupplier operation) {
    ThreadStrand strand = new ThreadStrand(this, operation);
    strand.resume();
    return strand;
  }

  void run(@Nullable Strand strand) {
    running = strand;
  }

  /** From now on, so many accesses may be made outside of strands: whoever needs more hangs. */
  public void allow(long accesses) {
    allowance = accesses;
  }

  long access(Access.Kind kind, int memory, int word, long first, long second) {
    // Most accesses are replayed: alone, that is small enough to be compiled into the code that
    // asks.
    return running instanceof RerunStrand rerun && rerun.replays()
        ? rerun.replay(kind, memory, word, first, second)
        : accessAnew(kind, memory, word, first, second);
  }

  private long accessAnew(Access.Kind kind, int memory, int word, long first, long second) {
    Strand strand = running;
    if (strand == null) {
      return accessOutside(kind, memory, word, first, second);
    }
    long read = strand.reach(kind, memory, word, first, second);
    if (strand.left) {
      // Thrown here, and not deeper, where it would have more methods to leave.
      throw Unwind.INSTANCE;
    }
    return read;
  }

  private long accessOutside(Access.Kind kind, int memory, int word, long first, long second) {
    Access access = new Access(kind, memory, word, first, second);
    if (allowance-- == 0 || !access.possible(value(access))) {
      throw new IllegalStateException("goes on for ever, or waits for nobody: " + access);
    }
    return perform(access);
  }

  int loop() {
    return running == null || fromTheStart ? 0 : running.loop();
  }

  long again(int loop, long state) {
    return running == null || fromTheStart ? state : running.again(loop, state);
  }

  long perform(Access access) {
    return perform(access.kind(), access.memory(), access.word(), access.first(), access.second());
  }

  void put(int memory, int word, long value) {
    memories[memory][word] = value;
  }

  long perform(Access.Kind kind, int memory, int word, long first, long second) {
    long[] words = memories[memory];
    long before = words[word];
    words[word] = kind.after(before, first, second);
    return before;
  }

  /** One operation on its way: finished, or stopped before an access. */
  public abstract static class Strand {
    final Interleaving interleaving;
    final Pace pace;

    /** Whether the code is to be left by an exception at the access that it has asked for. */
    boolean left;

    // The next access, of which an object is made for those alone who ask for one.
    private Access.@Nullable Kind kind;
    private int memory;
    private int word;
    private long first;
    private long second;
    private @Nullable Access next;

    private String where = "";
    private int performed;
    private long result;

    Strand(Interleaving interleaving, Pace pace) {
      this.interleaving = interleaving;
      this.pace = pace;
    }

    public final boolean finished() {
      return kind == null;
    }

    /** Whether the next access can be performed now: false only while it waits for another CPU. */
    public final boolean runnable() {
      return kind != null && kind.possible(interleaving.value(memory, word), first, second);
    }

    /** Performs the next access and runs on to the one after it, or to the end. */
    public final void step() {
      Access.Kind announced = kind;
      if (announced == null || !runnable()) {
        throw new IllegalStateException("strand cannot step: " + (finished() ? "done" : next()));
      }
      kind = null;
      next = null;
      performed++;
      long read = interleaving.perform(announced, memory, word, first, second);
      proceed(announced, memory, word, first, second, read);
    }

    /** Steps if its pace lets the next access pass now. */
    public final void tryAgain() {
      if (pace.passes(Objects.requireNonNull(kind), memory, word, first, second)) {
        step();
      }
    }

    /** What the operation returned; only once it is finished. */
    public final long result() {
      if (kind != null) {
        throw new IllegalStateException("strand has not finished: next=" + next());
      }
      return result;
    }

    /** The next access; only while it is not finished. */
    public final Access next() {
      if (kind == null) {
        throw new IllegalStateException("strand has finished");
      }
      if (next == null) {
        next = new Access(kind, memory, word, first, second);
      }
      return next;
    }

    /** The cache line of the next access: equal for equal lines, of this interleaving alone. */
    public final long line() {
      return (long) next().memory() << Integer.SIZE | next().word() / Layout.WORDS_PER_LINE;
    }

    /** Whether the next access, made now, would be an exchange that finds another value. */
    public final boolean wouldFail() {
      return next().kind() == Access.Kind.COMPARE_AND_EXCHANGE
          && interleaving.value(next()) != next().first();
    }

    /** How many accesses it has performed. */
    public final int accesses() {
      return performed;
    }

    /** The line of code that asks for the next access, if the interleaving locates them. */
    public final String where() {
      return where;
    }

    /** Counts an access that was performed without being announced. */
    final void passed() {
      performed++;
    }

    final void announce(Access.Kind kind, int memory, int word, long first, long second) {
      this.kind = kind;
      this.memory = memory;
      this.word = word;
      this.first = first;
      this.second = second;
      next = null;
      if (interleaving.locating) {
        where = CodeLine.ofCaller();
      }
    }

    final void finish(long returned) {
      result = returned;
    }

    /** The code comes to a loop. */
    int loop() {
      return 0;
    }

    /** The code is at the top of a round: where to go on, if it is being rerun. */
    long again(int loop, long state) {
      return state;
    }

    /** The code asks for an access: what it read comes back, unless the code is to be left. */
    abstract long reach(Access.Kind kind, int memory, int word, long first, long second);

    /** An access has been performed: runs on to the next. */
    abstract void proceed(
        Access.Kind kind, int memory, int word, long first, long second, long read);

    /**
     * Begins a finished operation anew, with no accesses made, and runs it up to the first one that
     * its pace does not let pass.
     *
     * @throws UnsupportedOperationException if it has a thread
     */
    public void again() {
      throw new UnsupportedOperationException("only what can be rerun begins anew");
    }

    /** Gives the strand up: it will not be stepped again. */
    public void abandon() {}
  }
}
