package dev.kretsim.trace.read;

/**
 * Who reads a trace. What is read does not depend on it.
 *
 * @param jobs how many threads, at least 1
 * @param blockBytes how much text one of them decodes at a time, at least 1 byte
 */
public record Workers(int jobs, int blockBytes) {
  private static final int USUAL_BLOCK = 1 << 20;

  public Workers {
    if (jobs < 1 || blockBytes < 1) {
      throw new IllegalArgumentException(
          "jobs and blockBytes must be >= 1: jobs=" + jobs + " blockBytes=" + blockBytes);
    }
  }

  /** One for each CPU. */
  public static Workers usual() {
    return of(Runtime.getRuntime().availableProcessors());
  }

  /** So many. */
  public static Workers of(int jobs) {
    return new Workers(jobs, USUAL_BLOCK);
  }
}
