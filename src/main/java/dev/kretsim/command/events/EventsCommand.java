package dev.kretsim.command.events;

import dev.kretsim.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kretsim events}: the kernel's text interface to probes, without a kernel. */
@Command(
    name = "events",
    description = EventsCommand.DESCRIPTION,
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:fine",
      "1:a check failed",
      ExitCode.BAD_INPUT_HELP,
      ExitCode.LIMIT_REACHED_HELP
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {EventsCheckCommand.class, EventsProfileCommand.class, EventsRunCommand.class})
public final class EventsCommand implements Runnable {
  /** What it is for, in a line or two. */
  public static final String DESCRIPTION =
      "Tries kprobe_events lines, scripts and probe points without a kernel.";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing; expected one of: "
            + String.join(", ", spec.subcommands().keySet())
            + " (--help explains)");
  }
}
