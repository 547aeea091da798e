package dev.kretsim.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs one command after the other in this process, as {@code Main} does, in every locale and time
 * zone.
 */
public final class EveryCommand {
  /** A line before all that is printed in one of them. */
  static final String PLACE = "==== ";

  private EveryCommand() {}

  /**
   * @param arguments language tags, time zones and command lines, each of these in one argument;
   *     the first two with commas between
   */
  public static void main(String[] arguments) {
    for (String tag : arguments[0].split(",", -1)) {
      for (String zone : arguments[1].split(",", -1)) {
        System.out.println(PLACE + tag + " " + zone);
        for (String line : Arrays.asList(arguments).subList(2, arguments.length)) {
          Locale.setDefault(Locale.forLanguageTag(tag));
          TimeZone.setDefault(TimeZone.getTimeZone(zone));
          System.out.println("== " + line);
          System.out.flush();
          int code = Main.run(List.of(line.split(" ", -1)).toArray(String[]::new));
          System.out.println("== " + code);
        }
      }
    }
  }

  /** The command with all its commands, for what makes man pages and completions of a class. */
  @Command(name = "kretsim", modelTransformer = Described.class)
  public static final class Described implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec empty) {
      return Main.commandLine().getCommandSpec();
    }
  }
}
