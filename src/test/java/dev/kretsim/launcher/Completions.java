package dev.kretsim.launcher;

import dev.kretsim.cli.EveryCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Writes what lets shells complete the command, for the release. */
public final class Completions {
  private Completions() {}

  /**
   * @param arguments the folder to write to
   */
  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    write(Path.of(arguments[0]));
  }

  static void write(Path folder) throws IOException {
    CommandLine whole = new CommandLine(new EveryCommand.Described());
    Files.createDirectories(folder);
    String bash = AutoComplete.bash("kretsim", whole);
    Files.writeString(folder.resolve("kretsim.bash"), bash);
    Files.writeString(
        folder.resolve("_kretsim"),
        "#compdef kretsim\nautoload -U +X bashcompinit && bashcompinit\n" + bash);
    Files.writeString(folder.resolve("kretsim.fish"), fish(whole));
  }

  private static String fish(CommandLine whole) {
    List<String> lines = new ArrayList<>();
    lines.add("# Completion of kretsim for fish, made from its commands.");
    options(lines, whole, "__fish_use_subcommand");
    commands(lines, whole, "__fish_use_subcommand");
    whole
        .getSubcommands()
        .forEach(
            (name, command) -> {
              String seen = "__fish_seen_subcommand_from " + name;
              options(lines, command, seen);
              commands(lines, command, seen);
            });
    return String.join("\n", lines) + "\n";
  }

  private static void commands(List<String> lines, CommandLine command, String when) {
    command
        .getSubcommands()
        .forEach(
            (name, sub) ->
                lines.add(
                    "complete -c kretsim -n '%s' -a %s -d %s"
                        .formatted(
                            when,
                            name,
                            quoted(sub.getCommandSpec().usageMessage().description()))));
  }

  private static void options(List<String> lines, CommandLine command, String when) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (option.hidden()) {
        continue;
      }
      StringBuilder line = new StringBuilder("complete -c kretsim -n '" + when + "'");
      for (String name : new TreeSet<>(List.of(option.names()))) {
        line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
      }
      if (option.arity().max() > 0) {
        line.append(" -r");
        List<String> values = new ArrayList<>();
        if (option.completionCandidates() != null) {
          option.completionCandidates().forEach(values::add);
        }
        if (!values.isEmpty()) {
          line.append(" -f -a ").append(quoted(String.join(" ", values)));
        }
      }
      lines.add(line.append(" -d ").append(quoted(option.description())).toString());
    }
  }

  /** As one word of the shell. */
  private static String quoted(String... text) {
    String all = String.join(" ", text).replaceAll("%n|\\s+", " ").replace("%%", "%");
    return "'" + all.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
