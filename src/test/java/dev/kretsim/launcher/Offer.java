package dev.kretsim.launcher;

import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.scale.Machines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What may be typed behind a command.
 *
 * @param path the command's, each name with a blank in front: {@code " events check"}; empty for
 *     kretsim itself
 * @param command what it takes
 */
record Offer(String path, CommandLine command) {
  /** A list such as {@code table (default), json or csv}, at the start or behind a colon. */
  private static final Pattern WORDS =
      Pattern.compile(
          "(?:^|: | is )(W(?:, W)*),? or (?:(W)[.;:]|(?:one|a file) of )"
              .replace("W", "\\w[\\w-]*(?: \\([^)]*\\))?"));

  /** What help texts do not list as words alone. */
  private static final Map<String, List<String>> NAMED =
      Map.of(
          "--kernel",
          Arrays.stream(KernelVersion.values()).map(KernelVersion::label).toList(),
          "--machine",
          Machines.names(),
          "--pool",
          List.of(PoolDesigns.names().split(", ", -1)),
          "--workload",
          List.of("loop", "hits", "raw"),
          "--placement",
          List.of("compact", "spread", "band"),
          "--fail-on",
          List.of("ratio", "upper"));

  /** Of that command and all below, from the top down. */
  static List<Offer> of(CommandLine command) {
    List<Offer> all = new ArrayList<>();
    add("", command, all);
    return all;
  }

  private static void add(String path, CommandLine command, List<Offer> all) {
    all.add(new Offer(path, command));
    command.getSubcommands().forEach((name, sub) -> add(path + " " + name, sub, all));
  }

  /** Names of the commands below, and what they do. */
  Map<String, String> commands() {
    Map<String, String> commands = new LinkedHashMap<>();
    command
        .getSubcommands()
        .forEach(
            (name, sub) ->
                commands.put(name, text(sub.getCommandSpec().usageMessage().description())));
    return commands;
  }

  List<OptionSpec> options() {
    return command.getCommandSpec().options().stream().filter(option -> !option.hidden()).toList();
  }

  /** Names of the options, and what they do. */
  Map<String, String> optionNames() {
    Map<String, String> names = new TreeMap<>();
    for (OptionSpec option : options()) {
      for (String name : option.names()) {
        names.put(name, text(option.description()));
      }
    }
    return names;
  }

  /** Whether other words than commands and options may follow. */
  boolean takesArguments() {
    return !command.getCommandSpec().positionalParameters().isEmpty();
  }

  static boolean takesValue(OptionSpec option) {
    return option.arity().max() > 0;
  }

  /** Whether a file may be named in place of a value. */
  static boolean takesFile(OptionSpec option) {
    return option.paramLabel().contains("FILE");
  }

  /** The values that an option may have, where they are few: as its help lists them. */
  static List<String> values(OptionSpec option) {
    List<String> named = NAMED.get(option.longestName());
    if (named != null) {
      return named;
    }
    Matcher list = WORDS.matcher(text(option.description()));
    if (!takesValue(option) || !list.find()) {
      return List.of();
    }
    String words = list.group(1) + (list.group(2) == null ? "" : ", " + list.group(2));
    return List.of(words.replaceAll(" \\([^)]*\\)", "").split(", ", -1));
  }

  /** As one line. */
  static String text(String... description) {
    return String.join(" ", description).replaceAll("%n|\\s+", " ").replace("%%", "%");
  }
}
