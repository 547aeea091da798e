package dev.kretsim.memory.explore;

/**
 * What an {@link Explorer} has been through without a failure.
 *
 * @param schedules how many came to their end
 * @param brokenOff how many were left where nothing new could follow
 * @param longest steps of the longest
 * @param bound what limited the search
 */
public record Exploration(long schedules, long brokenOff, int longest, String bound) {
  @Override
  public String toString() {
    return "%,d interleavings (%,d broken off), up to %d steps, bound: %s"
        .formatted(schedules, brokenOff, longest, bound);
  }
}
