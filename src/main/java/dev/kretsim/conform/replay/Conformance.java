package dev.kretsim.conform.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kretsim.conform.recording.Comparison;
import dev.kretsim.conform.recording.ConformResult;
import dev.kretsim.conform.recording.Environment;
import dev.kretsim.conform.recording.Recording;
import dev.kretsim.conform.recording.UnreplayableException;
import dev.kretsim.conform.tracefs.ContentionLaws;
import dev.kretsim.conform.tracefs.LinesReplay;
import dev.kretsim.conform.tracefs.TracefsReplay;
import dev.kretsim.files.FileName;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.machine.MachineSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
      if (!Files.exists(path)) {
        throw new BadInputException(path + ": no such file or folder");
      }
      if (Files.isDirectory(path)) {
        filesOf(path).forEach(conformance::replayIfRecording);
      } else {
        conformance.replay(Recording.read(path));
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
    try (Stream<Path> inside = Files.walk(path)) {
      List<Path> files = inside.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      if (files.isEmpty()) {
        throw new BadInputException(path + ": no recordings (*.json) in this folder");
      }
      return files;
    } catch (UncheckedIOException unreadable) {
      throw unreadable(path, Objects.requireNonNull(unreadable.getCause()));
    } catch (IOException unreadable) {
      throw unreadable(path, unreadable);
    }
  }

  private static BadInputException unreadable(Path path, IOException problem) {
    String place =
        problem instanceof FileSystemException
            ? ((FileSystemException) problem).getFile()
            : path.toString();
    return new BadInputException(place + ": cannot be read: " + FileName.reason(problem));
  }

  /** Other JSON may lie beside recordings, such as what a traced workload did. */
  private void replayIfRecording(Path file) {
    Recording.find(file)
        .ifPresentOrElse(
            this::replay,
            () ->
                skipped.add(
                    new ConformResult.Skip(
                        String.valueOf(file.getFileName()),
                        "no recording: it has no id, theme, steps and runs")));
  }

  private void replay(Recording recording) {
    if (recording.kind() == Recording.Kind.ELSEWHERE) {
      skip(recording, "has neither steps nor events nor counts: times of that boot alone");
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
    try {
      List<ConformResult.Failure> found = differences(recording, run, environment.get());
      runs++;
      passed += found.isEmpty() ? 1 : 0;
      failed.addAll(found);
    } catch (UnreplayableException unknown) {
      skip(recording, run.env() + ": " + unknown.getMessage());
    }
  }

  /** Everything that differs; throws if nothing of the run can be replayed. */
  private List<ConformResult.Failure> differences(
      Recording recording, Recording.Run run, Environment environment) {
    MachineSpec machine = environment.machine();
    return switch (recording.kind()) {
      case TRACEFS_LINES -> lines(recording, run, machine);
      case TRACEFS ->
          failures(
              recording,
              run,
              0,
              TracefsReplay.differences(recording.id(), recording.setup(), run.record(), machine));
      case CONTENTION ->
          failures(
              recording,
              run,
              0,
              ContentionLaws.differences(
                  run.record(),
                  machine,
                  recording.setup().path("online_cpus").asInt(machine.onlineCpus())));
      case SCHEDULE ->
          whole(
              recording,
              run,
              run.record(),
              new ScheduleReplay(environment, recording.setup()).replay(run.record()));
      case POINTS -> PointsReplay.failures(run, machine);
      case POOL_MEMORY ->
          whole(
              recording,
              run,
              PoolMemoryReplay.expected(run.record()),
              PoolMemoryReplay.replay(environment, run.record()));
      default -> steps(recording, run, environment);
    };
  }

  private List<ConformResult.Failure> steps(
      Recording recording, Recording.Run run, Environment environment) {
    StepsReplay steps = new StepsReplay(recording, run, environment);
    List<ConformResult.Failure> found = steps.differences();
    if (!steps.comparedAny()) {
      throw new UnreplayableException(
          recording.steps().isEmpty()
              ? "it has no steps"
              : run.observed().isEmpty()
                  ? "no answers were recorded"
                  : String.join("; ", steps.skipped()));
    }
    steps.skipped().forEach(why -> skip(recording, run.env() + ": " + why));
    return found;
  }

  private List<ConformResult.Failure> lines(
      Recording recording, Recording.Run run, MachineSpec machine) {
    List<ConformResult.Failure> all = new ArrayList<>();
    LinesReplay replay = new LinesReplay(machine);
    int attempts = 0;
    for (int i = 0; i < recording.steps().size(); i++) {
      JsonNode entry = recording.steps().get(i);
      JsonNode observed = run.observed().get(i);
      if (!observed.isMissingNode() && LinesReplay.concernsKprobes(entry)) {
        attempts++;
        List<Comparison.Difference> found = replay.differences(entry, observed);
        all.addAll(failures(recording, run, i, found));
      }
    }
    if (attempts == 0) {
      throw new UnreplayableException("no line was recorded there");
    }
    return all;
  }

  private static List<ConformResult.Failure> failures(
      Recording recording, Recording.Run run, int step, List<Comparison.Difference> found) {
    return found.stream()
        .map(
            one ->
                new ConformResult.Failure(
                    recording.id(), run.env(), step, one.field(), one.expected(), one.actual()))
        .toList();
  }

  /** Compares a run that is one answer. */
  private static List<ConformResult.Failure> whole(
      Recording recording, Recording.Run run, JsonNode expected, JsonNode actual) {
    return failures(recording, run, 0, Comparison.of(expected, actual, true, true, ""));
  }

  private void skip(Recording recording, String why) {
    skipped.add(new ConformResult.Skip(recording.id(), why));
  }
}
