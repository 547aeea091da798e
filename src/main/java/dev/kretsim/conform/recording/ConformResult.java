package dev.kretsim.conform.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * How the emulated kernel compares with the recorded ones.
 *
 * @param cases recordings that were replayed
 * @param runs replays: each recording once for each environment it was made in
 * @param passed replays without a difference
 */
public record ConformResult(
    int cases, int runs, int passed, List<Failure> failed, List<Skip> skipped) {
  /**
   * One number that differs.
   *
   * @param step position in the recording, from 0
   */
  public record Failure(
      String id, String env, int step, String field, JsonNode expected, JsonNode actual) {}

  /** A recording, or one environment of it, that was not replayed, and why. */
  public record Skip(String id, String why) {}
}
