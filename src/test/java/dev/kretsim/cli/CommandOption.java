package dev.kretsim.cli;

import dev.kretsim.files.OutputFile;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;

/** An option as a command declares it, so that tests meet those too that are added later. */
public record CommandOption(String name, boolean takesValue, boolean isOutput) {
  /** The options of a command such as {@code events check}. */
  public static List<CommandOption> of(String command) {
    CommandLine line = Main.commandLine();
    for (String word : command.split(" ", -1)) {
      line = Objects.requireNonNull(line.getSubcommands().get(word), command);
    }
    return line.getCommandSpec().options().stream()
        .map(
            option ->
                new CommandOption(
                    option.longestName(),
                    option.arity().max() > 0,
                    option.type().equals(OutputFile.class)))
        .toList();
  }
}
