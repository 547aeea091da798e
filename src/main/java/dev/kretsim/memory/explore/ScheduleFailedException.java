package dev.kretsim.memory.explore;

/** A schedule of a scene in which something does not hold; its message tells it step by step. */
public final class ScheduleFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String schedule;

  ScheduleFailedException(Throwable failure, String bound, String schedule, String narration) {
    super(
        "%s%n%s  found with bound: %s; to replay: %s"
            .formatted(reasonOf(failure), narration, bound, schedule),
        failure);
    this.schedule = schedule;
  }

  private static String reasonOf(Throwable failure) {
    return failure instanceof AssertionError || failure instanceof DataRaceException
        ? String.valueOf(failure.getMessage())
        : failure.toString();
  }

  /** What {@link Explorer#replay} takes. */
  public String schedule() {
    return schedule;
  }
}
