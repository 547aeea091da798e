package dev.kretsim.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Entry point of {@code kretsim.jar}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(
        commandLine()
            .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
            .execute(arguments));
  }

  /** The command line with all its commands and the error convention. */
  static CommandLine commandLine() {
    return OneLineErrors.install(new CommandLine(new KretsimCommand()));
  }
}
