package dev.kretsim.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs one command after the other in this process, as {@code Main} does, in one locale and time
 * zone after the other.
 */
public final class EveryCommand {
  /** A line before all that is printed in one of them. */
  static final String PLACE = "==== ";

  private EveryCommand() {}

  /**
   * @param arguments places and command lines, each of these in one argument: places are a language
   *     tag and a time zone with a space between, and commas between places
   */
  public static void main(String[] arguments) {
    for (String place : arguments[0].split(",", -1)) {
      String[] tagAndZone = place.split(" ", -1);
      System.out.println(PLACE + place);
      for (String line : Arrays.asList(arguments).subList(1, arguments.length)) {
        Locale.setDefault(Locale.forLanguageTag(tagAndZone[0]));
        TimeZone.setDefault(TimeZone.getTimeZone(tagAndZone[1]));
        System.out.println("== " + line);
        System.out.flush();
        int code = Main.run(List.of(line.split(" ", -1)).toArray(String[]::new));
        System.out.println("== " + code);
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
