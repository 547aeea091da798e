package dev.kretsim.conform.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kretsim.files.JsonFile;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.machine.MachineSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One recorded scenario: what was done, and what each real kernel answered.
 *
 * @param deterministic false for races, whose numbers differ from run to run
 * @param steps what the driver module was told; empty for other kinds of recording
 * @param setup of a schedule: who arrives when, and for how long
 */
public record Recording(
    String id,
    Kind kind,
    boolean deterministic,
    List<JsonNode> steps,
    JsonNode setup,
    List<Run> runs) {
  /** What a recording consists of. */
  public enum Kind {
    /** Steps of the driver module, and an answer to each. */
    STEPS,
    /** Arrivals at given times, and which of them each size of pool missed. */
    SCHEDULE,
    /** Functions, and what a probe at each of their bytes was answered. */
    POINTS,
    /** Pools of many sizes, and what they cost. */
    POOL_MEMORY,
    /** Lines written to {@code kprobe_events}: the steps are attempts, each from an empty list. */
    TRACEFS_LINES,
    /** Events and their counters, while user processes call what they probe. */
    TRACEFS,
    /** Calls that race for instances: each run is one row of counts. */
    CONTENTION,
    /** Nothing that says what probes do. */
    ELSEWHERE
  }

  /**
   * The answers of one kernel.
   *
   * @param record all that was recorded of it
   * @param own whether they are its own in full; otherwise another run's, which is known to have
   *     the same key numbers
   */
  public record Run(
      String env,
      String kernel,
      int onlineCpus,
      int possibleCpus,
      String preempt,
      JsonNode record,
      boolean own,
      List<JsonNode> observed) {}

  private static final Pattern CPUS = Pattern.compile("_smp([0-9]{1,4})");
  private static final int MOST_BYTES = 64 << 20;

  /**
   * Reads a recording.
   *
   * @throws BadInputException if the file is not one
   */
  public static Recording read(Path file) {
    return find(file)
        .orElseThrow(
            () ->
                new BadInputException(
                    file + ": not a recording: expected id, theme, steps and runs"));
  }

  /**
   * Reads a recording, or sees that a JSON file holds something else.
   *
   * @return empty if it is none
   * @throws BadInputException if it is no JSON, or a recording with mistakes
   */
  public static Optional<Recording> find(Path file) {
    try {
      JsonNode root = JsonFile.read(file, "recording", MOST_BYTES);
      if (!(isPoints(root) || (root.has("id") && root.has("theme")))) {
        return Optional.empty();
      }
      RecordedNumbers.check(root.path("steps"));
      RecordedNumbers.check(root.path("setup"));
      return Optional.of(
          new Recording(
              isPoints(root) ? "points " + root.path("version").asText() : root.path("id").asText(),
              kindOf(root),
              root.path("deterministic").asBoolean(true),
              listOf(root.path(root.has("entries") ? "entries" : "steps")),
              root.path("setup"),
              allRunsOf(root)));
    } catch (BadInputException problem) {
      String message = String.valueOf(problem.getMessage());
      throw message.startsWith(file + ":") ? problem : new BadInputException(file + ": " + message);
    }
  }

  private static boolean isPoints(JsonNode root) {
    return root.path("functions").path(0).has("rc");
  }

  private static List<Run> allRunsOf(JsonNode root) {
    if (isPoints(root)) {
      return runsOfPoints(root);
    }
    return root.has("entries") ? runsOfLines(root) : runsOf(root.path("runs"));
  }

  /** Every function of a file of probe points is a run. */
  private static List<Run> runsOfPoints(JsonNode root) {
    String kernel = root.path("version").asText();
    String name = "k" + root.path("kernel").asText().replace(".", "");
    List<Run> all = new ArrayList<>();
    for (JsonNode function : root.path("functions")) {
      all.add(new Run(name, kernel, 1, 1, "", function, true, List.of()));
    }
    return all;
  }

  private static Kind kindOf(JsonNode root) {
    String id = root.path("id").asText();
    if (isPoints(root)) {
      return Kind.POINTS;
    }
    if (root.has("steps")) {
      return Kind.STEPS;
    }
    if (id.startsWith("schedule_")) {
      return Kind.SCHEDULE;
    }
    if (root.has("entries")) {
      return Kind.TRACEFS_LINES;
    }
    if (id.startsWith("contention_")) {
      return Kind.CONTENTION;
    }
    if (id.startsWith("tracefs_") || id.equals("fprobe_return_pool")) {
      return Kind.TRACEFS;
    }
    return id.equals("pool_memory") ? Kind.POOL_MEMORY : Kind.ELSEWHERE;
  }

  /** Lines are recorded attempt by attempt, each with the answers of all kernels. */
  private static List<Run> runsOfLines(JsonNode root) {
    List<Run> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> kernel : root.path("kernels").properties()) {
      String env = kernel.getKey();
      Matcher cpus = CPUS.matcher(env);
      int possible = cpus.find() ? Integer.parseInt(cpus.group(1)) : 1;
      List<JsonNode> observed = new ArrayList<>();
      root.path("entries").forEach(entry -> observed.add(entry.path(env)));
      all.add(
          new Run(env, kernel.getValue().asText(), possible, possible, "", root, true, observed));
    }
    return all;
  }

  private static List<Run> runsOf(JsonNode runs) {
    Map<String, List<JsonNode>> answers = new HashMap<>();
    List<Run> all = new ArrayList<>();
    for (JsonNode run : runs) {
      String env = run.path("env").asText();
      if (env.isEmpty()) {
        throw new BadInputException("a run must say which environment it is of: env");
      }
      boolean own = run.has("observed");
      List<JsonNode> observed =
          own
              ? answersOf(run.path("observed"))
              : answers.getOrDefault(run.path("same_key_numbers_as").asText(), List.of());
      answers.put(env, observed);
      int possible = within("possible_cpus", run.path("possible_cpus"), 1, MachineSpec.MAX_CPUS);
      int online = within("online_cpus", run.path("online_cpus"), possible, possible);
      all.add(
          new Run(
              env,
              run.path("kernel").asText(),
              online,
              possible,
              run.path("preempt").asText(),
              run,
              own,
              observed));
    }
    return all;
  }

  private static int within(String name, JsonNode number, int otherwise, int most) {
    int value = number.asInt(otherwise);
    if (value < 1 || value > most) {
      throw new BadInputException(
          "%s must be in [1, %d]: %s".formatted(name, most, number.asText()));
    }
    return value;
  }

  /** Where a kernel crashed before it could answer, the one return code is noted apart. */
  private static List<JsonNode> answersOf(JsonNode observed) {
    return observed.has("register_rc")
        ? List.of(JsonNodeFactory.instance.objectNode().set("rc", observed.get("register_rc")))
        : listOf(observed);
  }

  private static List<JsonNode> listOf(JsonNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    return items;
  }
}
