package dev.kretsim.cli;

import dev.kretsim.console.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * {@code kretsim} alone: it wants a command. It is described by calls and not by annotations, since
 * Java reads those by classes that it makes at each start.
 */
final class KretsimCommand implements Runnable {
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this, new Main.NoFactory());

  private KretsimCommand() {}

  /** What it can be told, commands apart. */
  static CommandSpec spec() {
    CommandSpec spec = new KretsimCommand().spec;
    spec.name("kretsim");
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Show this help message and exit.")
            .build());
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print version information and exit.")
            .build());
    Map<String, String> exitCodes = new LinkedHashMap<>();
    exitCodes.put("0", "fine");
    exitCodes.put("1", "a check failed");
    for (String known : new String[] {ExitCode.BAD_INPUT_HELP, ExitCode.LIMIT_REACHED_HELP}) {
      int colon = known.indexOf(':');
      exitCodes.put(known.substring(0, colon), known.substring(colon + 1));
    }
    spec.usageMessage()
        .description("An emulated multi-CPU kernel with kprobes and kretprobes.")
        .synopsisSubcommandLabel("COMMAND")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes);
    return spec;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing; expected one of: "
            + String.join(", ", spec.subcommands().keySet())
            + " (--help explains)");
  }
}
