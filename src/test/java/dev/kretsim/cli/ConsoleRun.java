package dev.kretsim.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** One invocation of the command line: exit code and what went to stdout and stderr. */
public record ConsoleRun(int code, String out, String err) {
  /** Runs {@code kretsim} with these arguments. */
  public static ConsoleRun of(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
    int code = execute(words, new PrintWriter(out), new PrintWriter(err));
    return new ConsoleRun(code, out.toString(), err.toString());
  }

  private static int execute(String[] words, PrintWriter out, PrintWriter err) {
    return Main.isPlanOfFiles(words)
        ? Main.planOfFiles(words, out, err)
        : Main.commandLine().setOut(out).setErr(err).execute(words);
  }

  /** Whether it was refused as bad usage or input: one line on stderr, nothing on stdout. */
  public boolean refused() {
    return code == 2 && out.isEmpty() && err.endsWith("\n") && err.lines().count() == 1;
  }
}
