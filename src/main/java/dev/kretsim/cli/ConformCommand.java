package dev.kretsim.cli;

import dev.kretsim.conform.recording.ConformResult;
import dev.kretsim.conform.replay.Conformance;
import dev.kretsim.console.Choice;
import dev.kretsim.console.ExitCode;
import dev.kretsim.console.Out;
import dev.kretsim.report.conform.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kretsim conform}: the recordings of real kernels. */
@Command(
    name = "conform",
    description = ConformCommand.DESCRIPTION,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing differs",
      "1:something differs, or nothing was replayed",
      ExitCode.BAD_INPUT_HELP,
      ExitCode.LIMIT_REACHED_HELP
    })
final class ConformCommand implements Callable<Integer> {
  static final String DESCRIPTION = "Replays recordings of real kernels and compares every number.";

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Recordings, or folders of them.")
  private List<Path> paths;

  @Option(names = "--env", paramLabel = "ENV", description = "Only what was recorded there.")
  private @Nullable String env;

  @Option(names = "--out", defaultValue = "table", description = "table (default) or json.")
  private String out;

  @Override
  public Integer call() {
    Out form = Choice.of("--out", out, Out.values());
    ConformResult result = Conformance.of(paths, env);
    spec.commandLine().getOut().print(form == Out.JSON ? Report.json(result) : Report.text(result));
    spec.commandLine().getOut().flush();
    if (result.runs() == 0) {
      spec.commandLine().getErr().println("kretsim: nothing was replayed: " + reason(result));
      return 1;
    }
    return result.failed().isEmpty() ? 0 : 1;
  }

  private static String reason(ConformResult result) {
    return result.skipped().isEmpty() ? "no runs" : result.skipped().get(0).why();
  }
}
