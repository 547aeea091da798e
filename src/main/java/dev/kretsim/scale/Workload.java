package dev.kretsim.scale;

/**
 * What each thread does, over and over: work, pop {@code bulk} instances, work, push them, work.
 *
 * @param before work in front of the first pop, in picoseconds; {@code inside} while instances are
 *     held; {@code after} behind the last push
 * @param bulk how many instances are taken in a row, at least 1
 * @param handlerFields whether each pop reads fields of the probe that share the line of the list
 *     head, as a kretprobe's handlers do
 * @param itemArray whether pops and pushes write a shared array of 32-bit items, one for each
 *     instance, as the published raw-queue runs did
 * @param nodesPerLine how many list nodes lie in 64 bytes
 * @param kernelPath whether the work is a path through the kernel, or a tight loop
 */
public record Workload(
    long before,
    long inside,
    long after,
    int bulk,
    boolean handlerFields,
    boolean itemArray,
    int nodesPerLine,
    boolean kernelPath) {
  private static final double PS_PER_NS = 1000;

  public Workload {
    if (bulk < 1) {
      throw new IllegalArgumentException("bulk must be >= 1: bulk=" + bulk);
    }
  }

  /** Whole kretprobe hits: so many nanoseconds are spent around the pop and push. */
  public static Workload hits(double workNs) {
    long half = Math.round(workNs * PS_PER_NS / 2);
    return new Workload(half, 0, half, 1, true, false, 1, true);
  }

  /** A bare loop as in the published raw-queue runs. */
  public static Workload raw(int bulk, double workNs) {
    return new Workload(Math.round(workNs * PS_PER_NS * bulk), 0, 0, bulk, false, true, 2, false);
  }

  /** Pop, work, push, work, with nothing shared but the pool. */
  public static Workload loop(double workNs) {
    long work = Math.round(workNs * PS_PER_NS);
    return new Workload(0, work, work, 1, false, false, 1, false);
  }
}
