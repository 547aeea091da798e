package dev.kretsim.scale;

import dev.kretsim.memory.interleave.Interleaving;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.workload.random.Distribution;
import dev.kretsim.workload.random.RandomStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** A thread on its CPU: where it is in its round, and what it waits for. */
final class Processor {
  /** Why an access did not pass. */
  enum Stop {
    NOT_YET,
    ELSEWHERE,
    WATCHING,
    DRAINING
  }

  static final int MOST_STORES = 16;

  final int id;
  final int cpu;
  final SplittableRandom random;
  final @Nullable DoubleSupplier holds;
  final ArrayDeque<Line> stores = new ArrayDeque<>();
  @Nullable Processor sibling;
  Interleaving.@Nullable Strand strand;
  boolean operating;

  /** Of the pop or push that it is at, counting those that it had to wait for twice. */
  int accesses;

  Stop stop = Stop.NOT_YET;

  /** Which line it has stopped in front of, and whether to write to it. */
  @Nullable Line before;

  boolean toWrite;
  boolean granted;
  boolean stalled;
  boolean draining;
  long clock;

  /** When it goes on; in the past while nobody knows. */
  long due;

  long watchingSince;

  /** Which pop or push of the round is next: pops first. */
  int step;

  /** What the pops of this round got. */
  final int[] held;

  /** What is to be pushed in this round, and how much of it. */
  int[] returning;

  int returns;

  /** What another thread has popped for this one to push. */
  int[] inbox;

  int received;
  long begun;

  /**
   * Whether its round is over, and the next one has not begun. It counts with the beginning: those
   * come in the order of time, but who hits its lines may be at its end before others.
   */
  boolean ended;

  /** By how much its next round is put off. */
  long late;

  long ops;
  long misses;

  /** Of these, at moments when calls held fewer instances than there are. */
  long missesThoughFree;

  /** Likewise, of the round that it is in: misses count when its operations do. */
  private int roundMisses;

  private int roundMissesThoughFree;

  long failures;
  long longest;

  /**
   * @param holds draws nanoseconds; null where the workload says a fixed time
   */
  private Processor(
      int id, int cpu, int bulk, SplittableRandom random, @Nullable DoubleSupplier holds) {
    this.id = id;
    this.cpu = cpu;
    this.random = random;
    this.holds = holds;
    held = new int[bulk];
    returning = new int[bulk];
    inbox = new int[bulk];
    Arrays.fill(held, InstancePool.MISSED);
  }

  /**
   * One for each CPU, in that order; those of one core know each other.
   *
   * @param cores of the machine
   * @param seeds of each one's own random choices
   * @param lengths of how long instances are held
   */
  static Processor[] on(
      List<Integer> cpus,
      int cores,
      Workload workload,
      SplittableRandom seeds,
      RandomStream lengths) {
    Processor[] all = new Processor[cpus.size()];
    Processor[] onCore = new Processor[cores];
    Distribution holds = workload.holds();
    for (int id = 0; id < all.length; id++) {
      Processor processor =
          new Processor(
              id,
              cpus.get(id),
              workload.bulk(),
              seeds.split(),
              holds == null ? null : holds.exactSampler(lengths.branch()));
      int core = cpus.get(id) % cores;
      processor.sibling = onCore[core];
      if (onCore[core] != null) {
        onCore[core].sibling = processor;
      }
      onCore[core] = processor;
      all[id] = processor;
    }
    return all;
  }

  /** A time varied by a part of it up or down. */
  long vary(long time, double part) {
    return time == 0 ? 0 : Math.round(time * (1 - part + 2 * part * random.nextDouble()));
  }

  /**
   * A pop has found nothing.
   *
   * @param thoughFree whether calls held fewer instances than there are
   */
  void miss(boolean thoughFree) {
    roundMisses++;
    roundMissesThoughFree += thoughFree ? 1 : 0;
  }

  /** Its round of so many operations counts now. */
  void count(int operations) {
    ops += operations;
    misses += roundMisses;
    missesThoughFree += roundMissesThoughFree;
    roundMisses = 0;
    roundMissesThoughFree = 0;
  }

  boolean storing(Line line) {
    return !stores.isEmpty() && stores.contains(line);
  }

  /** Leaves an instance for this thread to push in its own next round. */
  void receive(int instance) {
    if (received == inbox.length) {
      inbox = Arrays.copyOf(inbox, 2 * received);
    }
    inbox[received++] = instance;
  }

  /** What others have left here is what this round pushes. */
  void returnReceived() {
    int[] empty = returning;
    returning = inbox;
    returns = received;
    inbox = empty;
    received = 0;
  }

  /** What this round has popped is what it pushes: the last first, if calls were nested. */
  void returnHeld(boolean lastFirst) {
    returns = 0;
    for (int at = 0; at < held.length; at++) {
      int instance = held[lastFirst ? held.length - 1 - at : at];
      if (instance != InstancePool.MISSED) {
        returning[returns++] = instance;
      }
    }
  }

  /**
   * How many stretches of work come before the next push or the end of the round, when all pops and
   * some pushes are over: one behind the last pop; and where calls are nested, one more whenever a
   * call ends within another, whether or not it had an instance to push.
   */
  int stretches(boolean nested) {
    int pushed = step - held.length;
    if (!nested) {
      return pushed == 0 ? 1 : 0;
    }
    int inner = level(pushed - 1);
    return inner - level(pushed) + (pushed == 0 ? 1 : 0);
  }

  /** How deep the call was whose push is so many after the first; outermost beyond the last. */
  private int level(int push) {
    if (push < 0) {
      return held.length - 1;
    }
    int left = push;
    for (int level = held.length - 1; level > 0; level--) {
      if (held[level] != InstancePool.MISSED && left-- == 0) {
        return level;
      }
    }
    return 0;
  }

  void forget() {
    ops = 0;
    misses = 0;
    missesThoughFree = 0;
    failures = 0;
    longest = 0;
  }
}
