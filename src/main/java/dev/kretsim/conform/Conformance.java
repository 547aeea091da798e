package dev.kretsim.conform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.LawBrokenException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Replays recordings of real kernels and compares every number. */
public final class Conformance {
  private final @Nullable String onlyEnv;
  private final List<ConformResult.Failure> failed = new ArrayList<>();
  private final List<ConformResult.Skip> skipped = new ArrayList<>();
  private int cases;
  private int runs;
  private int passed;

  private Conformance(@Nullable String onlyEnv) {
    this.onlyEnv = onlyEnv;
  }

  /**
   * Replays recordings.
   *
   * @param paths recordings, or folders of them
   * @param onlyEnv the one environment to replay; null for all
   * @throws BadInputException if a path holds no recording
   */
  public static ConformResult of(List<Path> paths, @Nullable String onlyEnv) {
    Conformance conformance = new Conformance(onlyEnv);
    for (Path path : paths) {
      for (Path file : filesOf(path)) {
        conformance.replay(Recording.read(file));
      }
    }
    if (onlyEnv != null && conformance.runs == 0) {
      throw new BadInputException("nothing was recorded in that environment: " + onlyEnv);
    }
    return new ConformResult(
        conformance.cases,
        conformance.runs,
        conformance.passed,
        conformance.failed,
        conformance.skipped);
  }

  private static List<Path> filesOf(Path path) {
    if (!Files.exists(path)) {
      throw new BadInputException(path + ": no such file or folder");
    }
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> inside = Files.walk(path)) {
      List<Path> files = inside.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      if (files.isEmpty()) {
        throw new BadInputException(path + ": no recordings (*.json) in this folder");
      }
      return files;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void replay(Recording recording) {
    if (recording.steps().isEmpty()) {
      skip(recording, "not a list of steps: this kind of recording is not replayed yet");
      return;
    }
    int before = runs;
    for (Recording.Run run : recording.runs()) {
      if (onlyEnv == null || onlyEnv.equals(run.env())) {
        replay(recording, run);
      }
    }
    cases += runs > before ? 1 : 0;
  }

  private void replay(Recording recording, Recording.Run run) {
    Optional<Environment> environment =
        Environment.of(
            run.env(), run.kernel(), run.possibleCpus(), run.onlineCpus(), run.preempt());
    if (environment.isEmpty()) {
      skip(recording, run.env() + ": unknown kernel: " + run.kernel());
      return;
    }
    Optional<String> reason = unreplayable(recording, run);
    if (reason.isPresent()) {
      skip(recording, run.env() + ": " + reason.get());
      return;
    }
    int failuresBefore = failed.size();
    runs++;
    List<JsonNode> ownPath = run.own() ? run.observed() : List.of();
    Placement placement = new Placement(ownPath, run.onlineCpus());
    ModuleDriver driver = new ModuleDriver(environment.get(), placement);
    String trampoline =
        environment.get().machine().version().trampolineName(environment.get().machine().arch());
    for (int i = 0; i < recording.steps().size() && i < run.observed().size(); i++) {
      JsonNode step = recording.steps().get(i);
      JsonNode expected = run.observed().get(i);
      try {
        JsonNode actual = driver.take(step);
        if (recording.deterministic() && saysSomething(step)) {
          note(
              recording,
              run,
              i,
              Comparison.of(expected, actual, run.own(), placement.known(), trampoline));
        }
      } catch (UnreplayableException | LawBrokenException broken) {
        failed.add(
            new ConformResult.Failure(
                recording.id(),
                run.env(),
                i,
                "replay",
                expected,
                TextNode.valueOf(String.valueOf(broken.getMessage()))));
        break;
      }
    }
    passed += failed.size() == failuresBefore ? 1 : 0;
  }

  /** What a shell printed, or a kernel's configuration, is no behaviour of probes. */
  private static boolean saysSomething(JsonNode step) {
    String op = step.path("op").asText();
    return !op.equals("shell") && !op.equals("read_env");
  }

  private void note(
      Recording recording, Recording.Run run, int step, List<Comparison.Difference> differences) {
    for (Comparison.Difference difference : differences) {
      failed.add(
          new ConformResult.Failure(
              recording.id(),
              run.env(),
              step,
              difference.field(),
              difference.expected(),
              difference.actual()));
    }
  }

  /** Some recordings are of functions whose calls they do not contain. */
  private static Optional<String> unreplayable(Recording recording, Recording.Run run) {
    for (int i = 0; i < Math.min(recording.steps().size(), run.observed().size()); i++) {
      String symbol = recording.steps().get(i).path("symbol").asText();
      boolean registered =
          run.observed().get(i).has("registered") && run.observed().get(i).path("rc").asInt() == 0;
      if (registered && !symbol.isEmpty() && !symbol.startsWith("kro_")) {
        return Optional.of(
            "probes " + symbol + ", whose calls by the rest of the kernel were not recorded");
      }
    }
    return Optional.empty();
  }

  private void skip(Recording recording, String why) {
    skipped.add(new ConformResult.Skip(recording.id(), why));
  }
}
