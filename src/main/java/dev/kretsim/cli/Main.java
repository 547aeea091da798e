package dev.kretsim.cli;

import dev.kretsim.console.OneLineErrors;
import dev.kretsim.console.Outputs;
import dev.kretsim.console.StandardOutput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;

/** Entry point of {@code kretsim.jar}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs a command on this process's standard output and error, and returns its exit code. */
  static int run(String[] arguments) {
    // Digits and letters' cases are the same everywhere, wherever a command runs.
    Locale.setDefault(Locale.ROOT);
    StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    return commandLine()
        .setOut(new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .execute(arguments);
  }

  /** The command line with all its commands and the error convention. */
  static CommandLine commandLine() {
    return Outputs.install(OneLineErrors.install(new CommandLine(new KretsimCommand())))
        .setExpandAtFiles(false);
  }
}
