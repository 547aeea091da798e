package dev.kretsim.conform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One recorded scenario: what was done, and what each real kernel answered.
 *
 * @param deterministic false for races, whose numbers differ from run to run
 * @param steps what the driver module was told; empty for other kinds of recording
 */
record Recording(
    String id, String theme, boolean deterministic, List<JsonNode> steps, List<Run> runs) {
  /**
   * The answers of one kernel.
   *
   * @param own whether they are its own in full; otherwise another run's, which is known to have
   *     the same key numbers
   */
  record Run(
      String env,
      String kernel,
      int onlineCpus,
      int possibleCpus,
      String preempt,
      boolean own,
      List<JsonNode> observed) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MAX_BYTES = 64 << 20;

  /**
   * Reads a recording.
   *
   * @throws BadInputException if the file is not one
   */
  static Recording read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new BadInputException(file + ": a recording is a JSON file of at most 64 MiB");
      }
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (root == null || !root.isObject() || !root.has("id") || !root.has("theme")) {
        throw new BadInputException(file + ": not a recording: expected id, theme, steps and runs");
      }
      return new Recording(
          root.path("id").asText(),
          root.path("theme").asText(),
          root.path("deterministic").asBoolean(true),
          listOf(root.path("steps")),
          root.has("steps") ? runsOf(root.path("runs")) : List.of());
    } catch (JsonProcessingException notJson) {
      int line = notJson.getLocation() == null ? 1 : notJson.getLocation().getLineNr();
      throw BadInputException.at(file.toString(), line, "not a recording: broken JSON");
    } catch (IOException unreadable) {
      throw new BadInputException(file + ": cannot be read: " + unreadable.getMessage());
    }
  }

  private static List<Run> runsOf(JsonNode runs) {
    Map<String, List<JsonNode>> answers = new HashMap<>();
    List<Run> all = new ArrayList<>();
    for (JsonNode run : runs) {
      String env = run.path("env").asText();
      boolean own = run.has("observed");
      List<JsonNode> observed =
          own
              ? listOf(run.path("observed"))
              : answers.getOrDefault(run.path("same_key_numbers_as").asText(), List.of());
      answers.put(env, observed);
      int possible = run.path("possible_cpus").asInt(1);
      all.add(
          new Run(
              env,
              run.path("kernel").asText(),
              run.path("online_cpus").asInt(possible),
              possible,
              run.path("preempt").asText(),
              own,
              observed));
    }
    return all;
  }

  private static List<JsonNode> listOf(JsonNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    return items;
  }
}
