package dev.kretsim.command.events;

import dev.kretsim.console.ExitCode;
import dev.kretsim.console.MachineOptions;
import dev.kretsim.console.ScenarioFile;
import dev.kretsim.report.run.KprobeProfile;
import dev.kretsim.workload.run.Simulation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kretsim events profile}: a run, and what {@code kprobe_profile} shows after it. */
@Command(
    name = "profile",
    description = "Runs a scenario, then prints kprobe_profile as that kernel would.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:run finished, all laws hold",
      "1:a law of the machine was broken",
      ExitCode.BAD_INPUT_HELP,
      ExitCode.LIMIT_REACHED_HELP
    })
final class EventsProfileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SCENARIO", description = "A scenario in YAML, as for run.")
  private Path file;

  @Mixin private MachineOptions machine;

  @Override
  public Integer call() throws IOException {
    String profile =
        KprobeProfile.of(Simulation.run(machine.applyTo(ScenarioFile.read(file), null, null)));
    spec.commandLine().getOut().print(profile);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
