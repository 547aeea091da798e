package dev.kretsim.cli;

import dev.kretsim.console.OneLineErrors;
import dev.kretsim.console.Outputs;
import dev.kretsim.console.StandardOutput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Entry point of {@code kretsim.jar}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    System.exit(
        commandLine()
            .setOut(new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true))
            .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
            .execute(arguments));
  }

  /** The command line with all its commands and the error convention. */
  static CommandLine commandLine() {
    return Outputs.install(OneLineErrors.install(new CommandLine(new KretsimCommand())))
        .setExpandAtFiles(false);
  }
}
