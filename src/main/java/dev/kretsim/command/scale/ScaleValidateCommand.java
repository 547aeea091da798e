package dev.kretsim.command.scale;

import dev.kretsim.console.Choice;
import dev.kretsim.console.ExitCode;
import dev.kretsim.console.Out;
import dev.kretsim.files.FileName;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.report.scale.ValidationReport;
import dev.kretsim.scale.Published;
import dev.kretsim.scale.Validation;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kretsim scale validate}: how far off the model is from what others measured. */
@Command(
    name = "validate",
    description = "Predicts published series and says how far off the predictions are.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:predictions printed, all close enough",
      "1:a series' median error is above --max-error",
      ExitCode.BAD_INPUT_HELP,
      ExitCode.LIMIT_REACHED_HELP
    })
final class ScaleValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--published",
      required = true,
      paramLabel = "FILE",
      description = "JSON with a list of series.")
  private String published = "";

  @Option(
      names = "--series",
      defaultValue = "",
      paramLabel = "PREFIX",
      description = "Only series whose id begins so.")
  private String prefix = "";

  @Option(
      names = "--max-error",
      defaultValue = "0.25",
      paramLabel = "RATIO",
      description = "Fails above this median error of a series (default ${DEFAULT-VALUE}).")
  private double maxError;

  @Option(names = "--seed", defaultValue = "1", description = "Default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--out", defaultValue = "table", description = "table (default) or json.")
  private String out = "";

  @Override
  public Integer call() {
    Out form = Choice.of("--out", out, Out.values());
    if (!(maxError >= 0)) {
      throw new BadInputException("--max-error must be >= 0: " + maxError);
    }
    Published.Data data = Published.read(FileName.of(published));
    List<Published.Series> chosen =
        data.series().stream().filter(one -> one.id().startsWith(prefix)).toList();
    List<String> leftOut =
        data.leftOut().entrySet().stream()
            .filter(one -> one.getKey().startsWith(prefix))
            .map(one -> one.getKey() + " (" + one.getValue() + ")")
            .toList();
    if (chosen.isEmpty()) {
      throw new BadInputException(
          leftOut.isEmpty()
              ? "--series matches none: " + prefix
              : "no series can be predicted: " + String.join(", ", leftOut));
    }
    say("series left out", leftOut);
    say(
        "points left out that are no operations a second",
        data.pointsLeftOut().stream().filter(point -> point.startsWith(prefix)).toList());
    List<Validation.Outcome> outcomes = new Validation(seed).of(chosen);
    PrintWriter printer = spec.commandLine().getOut();
    printer.print(
        form == Out.JSON
            ? ValidationReport.json(seed, outcomes)
            : ValidationReport.text(seed, outcomes));
    printer.flush();
    return outcomes.stream().anyMatch(one -> one.medianError().orElse(0) > maxError) ? 1 : 0;
  }

  private void say(String what, List<String> which) {
    if (!which.isEmpty()) {
      spec.commandLine()
          .getErr()
          .printf("%d %s: %s%n", which.size(), what, String.join(", ", which));
    }
  }
}
