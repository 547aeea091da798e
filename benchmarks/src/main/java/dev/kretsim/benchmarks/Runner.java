package dev.kretsim.benchmarks;

import dev.kretsim.benchmarks.peer.Contenders;
import dev.kretsim.benchmarks.peer.Design;
import dev.kretsim.benchmarks.result.Host;
import dev.kretsim.benchmarks.result.Html;
import dev.kretsim.benchmarks.result.Json;
import dev.kretsim.benchmarks.result.Measurement;
import dev.kretsim.benchmarks.result.ReadmeSection;
import dev.kretsim.benchmarks.result.Score;
import dev.kretsim.benchmarks.result.Text;
import dev.kretsim.cli.Main;
import dev.kretsim.files.OutputFile;
import dev.kretsim.scale.Machine;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures all groups in one run, and says which ratios reach what is asked for.
 *
 * <p>{@code java -cp benchmarks/target/benchmarks.jar dev.kretsim.benchmarks.Runner}. Every design
 * of a group gets one fork, then every one a second, and so on: what the machine does in the
 * meantime then hits all alike. Exit code 1 if a benchmark failed; a gate that is missed is a
 * result.
 */
@Command(
    name = "runner",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures the benchmarks in one run and compares them.")
public final class Runner implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--groups",
      split = ",",
      paramLabel = "GROUP",
      completionCandidates = Labels.class,
      description =
          "which ones, of: ${COMPLETION-CANDIDATES} (default: all); reader writes 7 GB of traces for"
              + " a while, fleet 2 GB, or -Dkretsim.fleet.mb; scale is by itself: pools between two"
              + " measurements of the machine")
  private List<String> labels = new Labels();

  @Option(
      names = "--designs",
      split = ",",
      paramLabel = "DESIGN",
      description =
          "pools only, and of them these: a name that ships, a peer's, or one of your own, such as"
              + " ring or 'hlist tas'; the floor is measured beside them")
  private List<String> designs = new ArrayList<>();

  @Option(
      names = "--classpath",
      paramLabel = "JARS",
      description = "jars or folders with pools of your own, separated as a class path is")
  private @Nullable String classpath;

  @Option(names = "--main", description = "the main benchmarks of each group only")
  private boolean mainOnly;

  @Option(names = "--quick", description = "one short fork of the main benchmarks: a trial")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "write the results there")
  private @Nullable OutputFile json;

  @Option(names = "--html", paramLabel = "FILE", description = "write a page with charts there")
  private @Nullable OutputFile html;

  @Option(
      names = "--from-json",
      paramLabel = "FILE",
      description = "measure nothing: show results that were written before")
  private @Nullable Path fromJson;

  @Option(
      names = "--readme",
      description = "print the section of the README in place of the tables")
  private boolean readme;

  private boolean failed;

  /** What groups are called, in their order. */
  private static final class Labels extends AbstractList<String> {
    @Override
    public String get(int index) {
      return Group.values()[index].label();
    }

    @Override
    public int size() {
      return Group.values().length;
    }
  }

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** As of the product: what is wrong is told in one line, outputs are looked at before work. */
  static CommandLine commandLine() {
    return Main.withConventions(new CommandLine(new Runner()));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (classpath != null) {
      extendClassPath(classpath);
    }
    // Through JSON, which rounds: what is shown now is what will be shown from the file.
    Measurement measured =
        fromJson == null ? Json.read(Json.write(measure())) : Json.read(fromJson);
    PrintWriter out = spec.commandLine().getOut();
    out.print(readme ? ReadmeSection.of(measured) : Text.of(measured));
    out.flush();
    if (json != null) {
      json.write(Json.write(measured));
    }
    if (html != null) {
      html.write(Html.of(measured));
    }
    return failed ? 1 : 0;
  }

  private Measurement measure() throws InterruptedException {
    String date = OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString();
    List<Score> scores = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    List<Group> groups = groups();
    List<String> wanted = wantedDesigns();
    for (Group group : groups) {
      if (group == Group.SCALE) {
        predict(wanted, scores, missing);
      } else {
        measure(group, wanted, scores, missing);
      }
    }
    return new Measurement(Host.here(), date, quick, scores, missing);
  }

  /** Holds predictions against pools while the machine stays as it is. */
  private void predict(List<String> wanted, List<Score> scores, List<String> missing)
      throws InterruptedException {
    List<Cell> cells = wanted.isEmpty() ? Group.SCALE.cells() : Group.SCALE.cellsOf(wanted);
    IdleWindow idle = new IdleWindow(System.err::println);
    try {
      for (int threads = 1; threads <= 2; threads++) {
        int most = threads;
        List<Cell> these =
            cells.stream()
                .filter(cell -> cell.threads() == most || ScalePrediction.isBase(cell))
                .toList();
        new SteadyWindows(() -> window(most, these, idle), System.err::println)
            .take(quick ? 1 : Group.SCALE.rounds(), score -> add(score, scores))
            .ifPresent(
                why -> missing.add("%s, threads=%d: %s".formatted(Group.SCALE.label(), most, why)));
      }
    } catch (RunnerException | IOException | IllegalStateException e) {
      failed = true;
      missing.add("%s: %s".formatted(Group.SCALE.label(), reason(e)));
    }
  }

  private SteadyWindows.Seen window(int threads, List<Cell> cells, IdleWindow idle)
      throws InterruptedException, IOException, RunnerException {
    List<Score> found = new ArrayList<>();
    List<Machine> times = new ArrayList<>();
    if (!idle.await()) {
      return SteadyWindows.Seen.nothing();
    }
    times.add(ScalePrediction.machineHere());
    for (Cell cell : cells) {
      if (!idle.await()) {
        return SteadyWindows.Seen.nothing();
      }
      found.addAll(Group.SCALE.run(cell, quick));
    }
    if (!idle.await()) {
      return SteadyWindows.Seen.nothing();
    }
    times.add(ScalePrediction.machineHere());
    Optional<String> changed = ScalePrediction.changed(threads, times);
    if (changed.isEmpty()) {
      found.addAll(ScalePrediction.of(Group.SCALE.label(), cells, found, times));
    }
    return new SteadyWindows.Seen(found, changed, false);
  }

  private List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    for (String label : labels) {
      groups.add(
          Arrays.stream(Group.values())
              .filter(group -> group.label().equals(label))
              .findFirst()
              .orElseThrow(
                  () ->
                      refusal(
                          "--groups: no group is called %s; expected some of %s"
                              .formatted(label, String.join(",", new Labels())))));
    }
    return groups;
  }

  /** For this process and, as JMH hands that property on, for its forks. */
  private void extendClassPath(String added) {
    List<URL> urls = new ArrayList<>();
    for (String entry : added.split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (!Files.isReadable(path)) {
        throw refusal("--classpath: no such jar or folder: " + entry);
      }
      try {
        urls.add(path.toUri().toURL());
      } catch (MalformedURLException e) {
        throw refusal("--classpath: not a file name: " + entry);
      }
    }
    Thread.currentThread()
        .setContextClassLoader(
            new URLClassLoader(
                urls.toArray(URL[]::new), Thread.currentThread().getContextClassLoader()));
    System.setProperty(
        "java.class.path", System.getProperty("java.class.path") + File.pathSeparator + added);
  }

  /** The labels of the designs that are wanted, the floor first; empty for all. */
  private List<String> wantedDesigns() {
    List<String> wanted = new ArrayList<>();
    for (String name : designs) {
      String label =
          Contenders.labelled(name)
              .orElseThrow(
                  () ->
                      refusal(
                          "--designs: no design is called %s; expected some of %s"
                              .formatted(name, String.join(",", Contenders.names()))));
      wanted.add(label);
    }
    if (!wanted.isEmpty() && !wanted.contains(Design.FLOOR.label())) {
      wanted.add(0, Design.FLOOR.label());
    }
    return wanted;
  }

  private CommandLine.ParameterException refusal(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }

  private void measure(Group group, List<String> wanted, List<Score> scores, List<String> missing)
      throws InterruptedException {
    List<Cell> cells =
        (wanted.isEmpty() ? group.cells() : group.cellsOf(wanted))
            .stream().filter(cell -> cell.main() || !quick && !mainOnly).toList();
    IdleWindow window = new IdleWindow(System.err::println);
    boolean idle = true;
    int rounds = quick ? 1 : group.rounds();
    for (int round = 1; round <= rounds; round++) {
      for (Cell cell : cells) {
        if (cell.alone() && !idle) {
          continue;
        }
        System.err.printf(
            "%s, fork %d of %d: %s, threads %d %s%n",
            group.label(), round, rounds, cell.benchmark(), cell.threads(), cell.params());
        if (cell.alone() && !window.await()) {
          idle = false;
          missing.add(
              "%s on 2 processors, from fork %d on: the machine was never 90 %% idle in %d tries"
                  .formatted(group.label(), round, IdleWindow.TRIES));
          continue;
        }
        try {
          group.run(cell, quick).forEach(score -> add(score, scores));
        } catch (RunnerException | IOException | IllegalStateException e) {
          failed = true;
          missing.add("%s %s: %s".formatted(cell.benchmark(), cell.params(), reason(e)));
        }
      }
    }
  }

  private static String reason(Throwable failure) {
    Throwable reason = failure;
    while (reason.getCause() != null || reason.getSuppressed().length > 0) {
      reason = reason.getCause() != null ? reason.getCause() : reason.getSuppressed()[0];
    }
    return reason.getMessage() == null ? reason.toString() : reason.getMessage();
  }

  private static void add(Score score, List<Score> scores) {
    for (int i = 0; i < scores.size(); i++) {
      if (scores.get(i).sameAs(score)) {
        scores.set(i, scores.get(i).and(score));
        return;
      }
    }
    scores.add(score);
  }
}
