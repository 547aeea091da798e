package dev.kretsim.cli;

import java.util.List;

/** Runs one command after the other in this process, as {@code Main} does. */
final class EveryCommand {
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
}
