package dev.kretsim.cli;

import dev.kretsim.console.Choice;
import dev.kretsim.console.ExitCode;
import dev.kretsim.console.MachineOptions;
import dev.kretsim.console.Outputs;
import dev.kretsim.console.ScenarioFile;
import dev.kretsim.explain.Explainer;
import dev.kretsim.explain.Explanation;
import dev.kretsim.explain.Fate;
import dev.kretsim.explain.Timeline;
import dev.kretsim.files.OutputFile;
import dev.kretsim.report.explain.Html;
import dev.kretsim.report.explain.Json;
import dev.kretsim.report.explain.Text;
import dev.kretsim.workload.run.Simulation;
import dev.kretsim.workload.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kretsim explain}: one hit, step by step. */
@Command(
    name = "explain",
    description = ExplainCommand.DESCRIPTION,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the call is explained",
      "1:a law of the machine was broken",
      "2:bad usage or bad input, or no such call",
      ExitCode.LIMIT_REACHED_HELP
    })
final class ExplainCommand implements Callable<Integer> {
  static final String DESCRIPTION = "Tells the life of one probed call, step by step.";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "SCENARIO",
      description = "A scenario in YAML. Default: a built-in one, two readers and one instance.")
  private @Nullable Path file;

  @Option(
      names = "--case",
      paramLabel = "FATE",
      description =
          "Explain the first call that is hit, missed, declined, nested or unregistered."
              + " Default: a hit, then a miss.")
  private @Nullable String fate;

  @Mixin private MachineOptions machine;

  @Option(names = "--maxactive", paramLabel = "N", description = "Instances of every kretprobe.")
  private @Nullable Integer maxactive;

  @Option(names = "--out", defaultValue = "text", description = "text (default), json or html.")
  private String out;

  @Option(names = "--brief", description = "In text, one line for each step and no more.")
  private boolean brief;

  @Option(
      names = "--perfetto",
      paramLabel = "FILE",
      description = "Also write a timeline of the whole run, for ui.perfetto.dev.")
  private @Nullable OutputFile perfetto;

  private enum Form {
    TEXT,
    JSON,
    HTML
  }

  @Override
  public Integer call() throws IOException {
    Form form = Choice.of("--out", out, Form.values());
    Fate wanted = fate == null ? null : Choice.of("--case", fate, Fate.values());
    OutputFile timelineFile = perfetto;
    Scenario scenario = scenario(wanted);
    Outputs.requireNone(spec, scenario.files());
    Explanation explanation = Explainer.explain(scenario, wanted);
    if (timelineFile != null) {
      Timeline timeline = new Timeline();
      Simulation.run(scenario, timeline);
      TimelineFile.write(timelineFile, timeline, spec);
    }
    spec.commandLine()
        .getOut()
        .print(
            switch (form) {
              case TEXT -> Text.render(explanation, brief);
              case JSON -> Json.render(explanation);
              case HTML -> Html.render(explanation);
            });
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Scenario scenario(@Nullable Fate wanted) throws IOException {
    Scenario read = file == null ? Explainer.example(wanted) : ScenarioFile.read(file);
    // In virtual time, so that the story is the same each time it is told.
    Scenario changed = machine.applyTo(read, null, false);
    return maxactive == null ? changed : MachineOptions.withMaxactive(changed, maxactive);
  }
}
