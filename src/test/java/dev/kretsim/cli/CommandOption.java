package dev.kretsim.cli;

import dev.kretsim.files.OutputFile;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;

/** An option as a command declares it, so that tests meet those too that are added later. */
public record CommandOption(String name, boolean takesValue, boolean isOutput) {
  /** The commands that do something, such as {@code plan} and {@code events check}. */
  public static Set<String> commands() {
    Set<String> names = new TreeSet<>();
    add("", Main.commandLine(), names);
    return names;
  }

  private static void add(String above, CommandLine line, Set<String> names) {
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              // A command that only has others below it is none that can be run.
              if (!command.getCommandSpec().options().stream()
                      .allMatch(option -> option.usageHelp() || option.versionHelp())
                  || command.getSubcommands().isEmpty()) {
                names.add(above + name);
              }
              add(above + name + " ", command, names);
            });
  }

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
