package dev.kretsim.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** Runs one command after the other in this process, as {@code Main} does. */
public final class EveryCommand {
  private EveryCommand() {}

  /**
   * @param arguments command lines, each in one argument
   */
  public static void main(String[] arguments) {
    for (String line : arguments) {
      System.out.println("== " + line);
      System.out.flush();
      int code = Main.run(List.of(line.split(" ", -1)).toArray(String[]::new));
      System.out.println("== " + code);
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
