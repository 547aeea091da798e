package dev.kretsim.conform.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kretsim.conform.driver.ModuleDriver;
import dev.kretsim.conform.driver.RecordedHits;
import dev.kretsim.conform.recording.Comparison;
import dev.kretsim.conform.recording.ConformResult;
import dev.kretsim.conform.recording.Environment;
import dev.kretsim.conform.recording.Placement;
import dev.kretsim.conform.recording.Recording;
import dev.kretsim.conform.recording.UnreplayableException;
import dev.kretsim.conform.tracefs.ContentionLaws;
import java.util.ArrayList;
import java.util.List;

/** Takes the steps of one recording in one environment, and compares each answer. */
final class StepsReplay {
  private final Recording recording;
  private final Recording.Run run;
  private final Environment environment;
  private final List<ConformResult.Failure> failures = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private boolean compared;
  private long callsSoFar;
  private long threadsAtOnce = 1;

  StepsReplay(Recording recording, Recording.Run run, Environment environment) {
    this.recording = recording;
    this.run = run;
    this.environment = environment;
  }

  /** Everything that differs. */
  List<ConformResult.Failure> differences() {
    List<JsonNode> ownPath = run.own() ? run.observed() : List.of();
    Placement placement = new Placement(ownPath, run.onlineCpus());
    ModuleDriver driver = new ModuleDriver(environment, placement);
    for (int i = 0; i < recording.steps().size() && i < run.observed().size(); i++) {
      JsonNode step = recording.steps().get(i);
      JsonNode expected = run.observed().get(i);
      try {
        compare(i, step, expected, driver.take(step), placement.known());
        compared = true;
      } catch (UnreplayableException missing) {
        skipped.add("step " + i + ": " + missing.getMessage());
      } catch (RuntimeException broken) { // whatever it is, it is this recording that fails
        fail(i, "replay", expected, TextNode.valueOf(String.valueOf(broken.getMessage())));
        break;
      }
    }
    requireAllAnswers();
    return failures;
  }

  /** A kernel answers every step, unless it crashed on the way. */
  private void requireAllAnswers() {
    int steps = recording.steps().size();
    int answers = run.observed().size();
    boolean inFull = run.record().path("observed").isArray() && answers > 0;
    if (inFull && steps > 0 && answers != steps && !run.observed().get(answers - 1).has("err")) {
      fail(
          Math.min(steps, answers),
          "answers",
          JsonNodeFactory.instance.numberNode(answers),
          JsonNodeFactory.instance.numberNode(steps));
    }
  }

  /** Steps that need what was not recorded, and what that is. */
  List<String> skipped() {
    return skipped;
  }

  boolean comparedAny() {
    return compared || !failures.isEmpty();
  }

  private void compare(
      int index, JsonNode step, JsonNode expected, JsonNode actual, boolean placed) {
    String op = step.path("op").asText();
    if (op.equals("shell") || op.equals("read_env")) {
      return; // what a shell printed, or a kernel's configuration, is no behaviour of probes
    }
    JsonNode vouched = RecordedHits.only(expected, recording.steps());
    if (!recording.deterministic()) {
      compareRace(index, step, vouched, actual);
    } else {
      String trampoline =
          environment.machine().version().trampolineName(environment.machine().arch());
      JsonNode answer = RecordedHits.only(actual, recording.steps());
      Comparison.of(vouched, answer, run.own(), placed, trampoline)
          .forEach(found -> fail(index, found.field(), found.expected(), found.actual()));
    }
  }

  private void compareRace(int index, JsonNode step, JsonNode expected, JsonNode actual) {
    if (expected.has("rc") && !expected.get("rc").equals(actual.path("rc"))) {
      fail(index, "rc", expected.get("rc"), actual.path("rc"));
    }
    callsSoFar += callsOf(step, actual);
    threadsAtOnce = Math.max(threadsAtOnce, step.path("threads").asLong());
    boolean counts = expected.has("nmissed");
    if (step.path("op").asText().equals("read_state") && step.has("id") && counts) {
      requireConservation(index, expected);
      requireConservation(index, actual);
    }
  }

  private static long callsOf(JsonNode step, JsonNode answer) {
    long levels = step.path("function").asText().equals("rec") ? step.path("argument").asLong() : 1;
    return levels
        * (answer.path("calls_total").asLong()
            + answer.path("spawned").asLong()
            + answer.path("calls").asLong());
  }

  /** A race has other numbers each time, but never more outcomes than calls. */
  private void requireConservation(int index, JsonNode state) {
    long settled =
        state.path("ret_calls").asLong()
            + state.path("entry_rejects").asLong()
            + state.path("pool").path("in_use").asLong();
    ContentionLaws.differences(
            environment.machine(),
            callsSoFar,
            state.path("nmissed").asLong(),
            settled,
            threadsAtOnce)
        .forEach(law -> fail(index, law.field(), law.actual(), law.expected()));
  }

  private void fail(int step, String field, JsonNode expected, JsonNode actual) {
    JsonNode shown = actual instanceof MissingNode ? JsonNodeFactory.instance.nullNode() : actual;
    failures.add(
        new ConformResult.Failure(recording.id(), run.env(), step, field, expected, shown));
  }
}
