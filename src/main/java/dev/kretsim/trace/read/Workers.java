package dev.kretsim.trace.read;

/**
 * Who reads a trace. What is read does not depend on it.
 *
 * @param jobs how many threads, at least 1
 * @param blockBytes how much text one of them decodes at a time, at least 1 byte
 */
public record Workers(int jobs, int blockBytes) {
  /** More threads than this are of no use. */
  public static final int MOST_JOBS = 256;

  /** From about here on, pairing is what takes the time. */
  private static final int MOST_USUAL_JOBS = 16;

  private static final int USUAL_BLOCK = 1 << 19;
  private static final int FEW_JOBS = 2;
  private static final int ALONE_FOR = 1 << 15;

  public Workers {
    if (jobs < 1 || blockBytes < 1) {
      throw new IllegalArgumentException(
          "jobs and blockBytes must be >= 1: jobs=" + jobs + " blockBytes=" + blockBytes);
    }
  }

  /**
   * How many blocks one of them reads before another begins. While Java still compiles what they
   * run, two would take both processors of a small machine from the compiler, and run slow code the
   * longer. Blocks of a few lines, as tests have, go to all at once.
   */
  int blocksAlone() {
    return jobs > FEW_JOBS ? 0 : blockBytes / ALONE_FOR;
  }

  /** One for each CPU, up to sixteen. */
  public static Workers usual() {
    return of(Math.min(MOST_USUAL_JOBS, Runtime.getRuntime().availableProcessors()));
  }

  /** So many. */
  public static Workers of(int jobs) {
    return new Workers(jobs, USUAL_BLOCK);
  }
}
