package dev.kretsim.cli;

import dev.kretsim.console.ExitCode;
import dev.kretsim.console.ManifestVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kretsim} alone: it wants a command. */
@Command(
    name = "kretsim",
    description = "An emulated multi-CPU kernel with kprobes and kretprobes.",
    mixinStandardHelpOptions = true,
    versionProvider = ManifestVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:fine",
      "1:a check failed",
      ExitCode.BAD_INPUT_HELP,
      ExitCode.LIMIT_REACHED_HELP
    })
final class KretsimCommand implements Runnable {
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
