package dev.kretsim.scale;

import dev.kretsim.workload.random.Distribution;
import org.jspecify.annotations.Nullable;

/**
 * What each thread does, over and over: work, pop {@code bulk} instances, work, push them, work.
 *
 * @param before work in front of the first pop, in picoseconds; {@code inside} while instances are
 *     held; {@code after} behind the last push
 * @param holds how long instances are held, in place of {@code inside}; null if always that
 * @param bulk how many instances are taken in a row, at least 1
 * @param nested whether each further pop is a call within the call before it: work on each level,
 *     and what was popped last is pushed first
 * @param elsewhere whether an instance is pushed by another thread than it was popped by, as when
 *     tasks move to another CPU inside of the function
 * @param sharing what shares lines
 * @param kernelPath whether the work is a path through the kernel, or a tight loop
 */
public record Workload(
    long before,
    long inside,
    long after,
    @Nullable Distribution holds,
    int bulk,
    boolean nested,
    boolean elsewhere,
    Sharing sharing,
    boolean kernelPath) {
  /** The most instances that a thread may take in a row. */
  public static final int MOST_BULK = 64;

  private static final double PS_PER_NS = 1000;

  /**
   * Which fields share cache lines: the part of a layout that is not the pool's own.
   *
   * @param handlersBesideHead whether each pop reads fields of the probe that lie in the line of
   *     the list head, as a kretprobe's handlers do
   * @param itemArray whether pops and pushes read and write a shared array of 32-bit items, one for
   *     each instance, as the published raw-queue runs did
   * @param nodesPerLine how many list nodes lie in 64 bytes
   */
  public record Sharing(boolean handlersBesideHead, boolean itemArray, int nodesPerLine) {
    /** Nothing but what the pool itself puts together. */
    public static final Sharing NONE = new Sharing(false, false, 1);

    public static final Sharing HANDLERS = new Sharing(true, false, 1);

    /** As in the published raw-queue runs. */
    public static final Sharing RAW = new Sharing(false, true, 2);
  }

  public Workload {
    if (bulk < 1 || bulk > MOST_BULK) {
      throw new IllegalArgumentException(
          "bulk must be in [1, %d]: bulk=%d".formatted(MOST_BULK, bulk));
    }
  }

  /** Whole kretprobe hits: so many nanoseconds are spent around the pop and push. */
  public static Workload hits(double workNs) {
    long half = Math.round(workNs * PS_PER_NS / 2);
    return new Workload(half, 0, half, null, 1, false, false, Sharing.HANDLERS, true);
  }

  /** A bare loop as in the published raw-queue runs. */
  public static Workload raw(int bulk, double workNs) {
    long work = Math.round(workNs * PS_PER_NS * bulk);
    return new Workload(work, 0, 0, null, bulk, false, false, Sharing.RAW, false);
  }

  /** Pop, work, push, work, with nothing shared but the pool. */
  public static Workload loop(double workNs) {
    long work = Math.round(workNs * PS_PER_NS);
    return new Workload(0, work, work, null, 1, false, false, Sharing.NONE, false);
  }

  /**
   * The same with other times.
   *
   * @param betweenPs picoseconds between a push and the next pop
   * @param inside how long instances are held
   */
  public Workload spending(long betweenPs, Distribution inside) {
    return new Workload(betweenPs, 0, 0, inside, bulk, nested, elsewhere, sharing, kernelPath);
  }

  /** Whether it is what published kretprobe runs did: hits one after the other. */
  boolean asPublished() {
    return kernelPath
        && sharing.equals(Sharing.HANDLERS)
        && holds == null
        && inside == 0
        && bulk == 1
        && !elsewhere;
  }
}
