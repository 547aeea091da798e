package dev.kretsim.pool.objpool;

/**
 * The ten cases of the kernel's own test of objpool: a pool with eight objects for each CPU, and on
 * each CPU a worker, in some cases interrupted by a timer, that takes objects and gives them back.
 *
 * <p><b>Source.</b> {@code lib/test_objpool.c}. The size of an object decides there how it is
 * allocated; here it only enters the count of bytes.
 */
enum ObjpoolCase {
  PLAIN(false, 280, 0, 1, 0),
  PLAIN_LARGE(false, 512, 0, 1, 0),
  INTERRUPTED(false, 280, 0, 1, 1),
  INTERRUPTED_LARGE(false, 512, 0, 1, 1),
  OVERRUN(false, 280, 0, 16, 0),
  OVERRUN_LARGE(false, 512, 0, 16, 0),
  ASYNC(true, 280, 100, 1, 0),
  ASYNC_LARGE(true, 512, 100, 1, 0),
  ASYNC_INTERRUPTED(true, 280, 0, 4, 4),
  ASYNC_INTERRUPTED_LARGE(true, 512, 0, 4, 4);

  static final int OBJECTS_PER_CPU = 8;
  static final int RUN_MS = 1_000;
  static final int TIMER_MS = 4;

  private final boolean async;
  private final int objectBytes;
  private final int delayMs;
  private final int threadBulk;
  private final int timerBulk;

  ObjpoolCase(boolean async, int objectBytes, int delayMs, int threadBulk, int timerBulk) {
    this.async = async;
    this.objectBytes = objectBytes;
    this.delayMs = delayMs;
    this.threadBulk = threadBulk;
    this.timerBulk = timerBulk;
  }

  /** Whether the pool is retired while workers still hold objects, which they then drop. */
  boolean async() {
    return async;
  }

  int objectBytes() {
    return objectBytes;
  }

  /** How long a worker sleeps on what it holds. */
  int delayMs() {
    return delayMs;
  }

  /** How many objects a worker takes at a time. */
  int threadBulk() {
    return threadBulk;
  }

  /** How many the timer takes; 0 without a timer. */
  int timerBulk() {
    return timerBulk;
  }

  /** The most objects that one CPU holds at a time. */
  int demandPerCpu() {
    return threadBulk + timerBulk;
  }
}
