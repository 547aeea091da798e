package dev.kretsim.command.fleet;

import dev.kretsim.console.Bounds;
import dev.kretsim.console.Choice;
import dev.kretsim.console.ExitCode;
import dev.kretsim.console.FleetOptions;
import dev.kretsim.console.ManifestVersion;
import dev.kretsim.console.Outputs;
import dev.kretsim.console.Progress;
import dev.kretsim.files.FileName;
import dev.kretsim.files.OutputFile;
import dev.kretsim.fleet.FleetFiles;
import dev.kretsim.fleet.FleetPlan;
import dev.kretsim.fleet.FleetPlanner;
import dev.kretsim.fleet.FleetQuestion;
import dev.kretsim.fleet.FleetSum;
import dev.kretsim.fleet.Host;
import dev.kretsim.fleet.HostDoubts;
import dev.kretsim.fleet.HostFunction;
import dev.kretsim.fleet.HostNaming;
import dev.kretsim.fleet.HostResult;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.report.Printable;
import dev.kretsim.report.fleet.Csv;
import dev.kretsim.report.fleet.HostRows;
import dev.kretsim.report.fleet.Html;
import dev.kretsim.report.fleet.Json;
import dev.kretsim.report.fleet.Markdown;
import dev.kretsim.report.fleet.Remarks;
import dev.kretsim.report.fleet.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kretsim fleet}: one number for many machines. */
@Command(
    name = "fleet",
    description = FleetCommand.DESCRIPTION,
    mixinStandardHelpOptions = true,
    subcommands = SimulateCommand.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:planned", ExitCode.BAD_INPUT_HELP, ExitCode.LIMIT_REACHED_HELP})
public final class FleetCommand implements Callable<Integer> {
  /** What it is for, in a line or two. */
  public static final String DESCRIPTION =
      "Plans each host by itself, and says which maxactive fits all of them.";

  private static final int MOST_JOBS = 1024;

  /** Called like what is kept. */
  private static final String KEPT = "0.json";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "DIR|GLOB|FILE",
      description = "Traces of hosts: folders, patterns such as 'traces/*.gz', or files.")
  private List<String> arguments = new ArrayList<>();

  @Mixin private FleetOptions asked = new FleetOptions();

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "Keep what is found out there; a host whose files are the same is not read again.")
  private @Nullable Path cache;

  @Option(names = "--strict", description = "A host that cannot be planned is an error.")
  private boolean strict;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Hosts that are read at once (default: one for each processor).")
  private @Nullable Integer jobs;

  @Option(
      names = "--out",
      defaultValue = "table",
      description = "table (default), json, csv or markdown.")
  private String out;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a report to this file too; it opens offline.")
  private @Nullable OutputFile html;

  @Option(
      names = "--rows",
      paramLabel = "FILE.csv",
      description = "Write what is known of each host and function to this file too.")
  private @Nullable OutputFile rows;

  private enum Form {
    TABLE,
    JSON,
    CSV,
    MARKDOWN
  }

  @Override
  public Integer call() throws IOException {
    Form form = Choice.of("--out", out, Form.values());
    int readers =
        Bounds.optional("--jobs", jobs, MOST_JOBS)
            .orElse(Runtime.getRuntime().availableProcessors());
    if (arguments.isEmpty()) {
      throw new BadInputException(
          "DIR, GLOB or FILE is missing; expected traces of hosts, or: fleet simulate");
    }
    HostNaming naming = asked.naming();
    requireElsewhere("--html", html);
    requireElsewhere("--rows", rows);
    List<String> doubts = new ArrayList<>();
    List<Host> hosts = FleetFiles.hosts(arguments, naming, doubts::add);
    doubts.addAll(HostDoubts.of(hosts, naming));
    doubts.stream().map(Printable::of).forEach(spec.commandLine().getErr()::println);
    List<Path> inputs = hosts.stream().flatMap(host -> host.files().stream()).toList();
    Outputs.requireNone(spec, inputs);
    if (cache != null) {
      // What is kept among traces would be read as one the next time.
      FleetFiles.requireElsewhere("--cache", cache, cache.resolve(KEPT), arguments);
      FleetFiles.requireNoneFrom("--cache", cache, hosts);
    }
    FleetQuestion question = asked.question();
    question.known().withoutFiles(hosts).forEach(spec.commandLine().getErr()::println);
    FleetSum sum = new FleetSum(question, asked.cover());
    List<HostResult> results;
    try (Progress progress = Progress.onTerminal("planning hosts")) {
      results =
          new FleetPlanner(question, readers, cache, version())
              .results(
                  hosts,
                  share -> {
                    synchronized (progress) {
                      progress.share(share);
                    }
                  });
    }
    requireCalled(question, sum.missing(results), hosts, results);
    question.known().withoutCalls(results, question.functions()).stream()
        .map(Printable::of)
        .forEach(spec.commandLine().getErr()::println);
    FleetPlan plan = sum.of(results);
    if (strict && !plan.failed().isEmpty()) {
      FleetPlan.Failed first = plan.failed().get(0);
      throw new BadInputException(
          "%d of %d hosts cannot be planned; the first is %s: %s"
              .formatted(plan.failed().size(), plan.hosts(), first.host(), first.why()));
    }
    Remarks.lines(plan).forEach(spec.commandLine().getErr()::println);
    if (rows != null) {
      rows.write(HostRows.render(results));
    }
    if (html != null) {
      html.write(Html.render(plan));
    }
    spec.commandLine()
        .getOut()
        .print(
            switch (form) {
              case TABLE -> Text.table(plan);
              case JSON -> Json.render(plan);
              case CSV -> Csv.render(plan);
              case MARKDOWN -> Markdown.render(plan);
            });
    spec.commandLine().getOut().flush();
    return 0;
  }

  /** One that no host calls is mistyped: what the first host calls may tell. */
  private static void requireCalled(
      FleetQuestion question, List<String> missing, List<Host> hosts, List<HostResult> results) {
    for (int i = 0; i < results.size() && !missing.isEmpty(); i++) {
      if (results.get(i).why() == null) {
        FleetQuestion all = new FleetQuestion(List.of(), question.target(), question.known());
        List<String> called =
            new FleetPlanner(all, 1, null, version())
                .results(List.of(hosts.get(i)), share -> {}).get(0).functions().stream()
                    .map(HostFunction::function)
                    .toList();
        throw new BadInputException(FleetSum.nobodyCalls(missing, hosts.get(i).name(), called));
      }
    }
  }

  private void requireElsewhere(String option, @Nullable OutputFile output) {
    if (output != null) {
      // It would be a host the next time, and could not be written again.
      Path file = FileName.of(output.toString());
      FleetFiles.requireElsewhere(option, file, file, arguments);
    }
  }

  private static String version() {
    return String.join(" ", new ManifestVersion().getVersion());
  }
}
