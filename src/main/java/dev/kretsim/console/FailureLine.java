package dev.kretsim.console;

import dev.kretsim.files.FileName;
import dev.kretsim.files.LimitReachedException;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.LawBrokenException;
import dev.kretsim.report.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one line that a command says when it fails, and the exit code that says whose fault it was.
 */
public final class FailureLine {
  private static final int MEBIBYTE = 1 << 20;

  private static final int RESERVE = 256 * 1024;

  /** Let go where the memory is full, so that this can be said. */
  private static byte @Nullable [] reserve;

  private FailureLine() {}

  /** What may fail. */
  public interface Work {
    /**
     * Does it.
     *
     * @param remarks receives what is said on the way
     * @return the exit code
     */
    int run(PrintWriter remarks) throws IOException;
  }

  /**
   * Does some work. Where it is refused, one line is all that is said: what it remarked before is
   * of no use.
   *
   * @param err receives that line, else the remarks
   * @return the exit code
   */
  public static int run(PrintWriter err, Work work) {
    StringWriter written = new StringWriter();
    PrintWriter remarks = new PrintWriter(written);
    int code = ExitCode.OWN_FAULT;
    reserve = new byte[RESERVE];
    try {
      code = work.run(remarks);
    } catch (OutOfMemoryError full) {
      reserve = null;
      code = of(full, remarks);
    } catch (IOException | RuntimeException | Error e) {
      code = of(e, remarks);
    } finally {
      boolean refused = code == ExitCode.BAD_INPUT || code == ExitCode.LIMIT_REACHED;
      String said = written.toString();
      err.print(refused ? said.substring(said.lastIndexOf('\n', said.length() - 2) + 1) : said);
      err.flush();
    }
    return code;
  }

  /** Says what went wrong. */
  static int of(Throwable e, PrintWriter err) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return print(err, outOfMemory(cause), ExitCode.LIMIT_REACHED);
      }
      if (cause instanceof StackOverflowError) {
        return print(
            err,
            "the input is nested too deeply for the stack; java -Xss64m allows more",
            ExitCode.LIMIT_REACHED);
      }
      if (cause instanceof LimitReachedException) {
        return print(err, String.valueOf(cause.getMessage()), ExitCode.LIMIT_REACHED);
      }
      if (cause instanceof BadInputException) {
        return print(err, String.valueOf(cause.getMessage()), ExitCode.BAD_INPUT);
      }
      if (cause instanceof LawBrokenException) {
        return print(
            err, "a law of the machine is broken: " + cause.getMessage(), ExitCode.CHECK_FAILED);
      }
      if (cause instanceof IOException) {
        return print(err, unusable((IOException) cause), ExitCode.BAD_INPUT);
      }
    }
    StackTraceElement plugIn = plugIn(e);
    if (plugIn != null) {
      return print(
          err,
          "--classpath: %s.%s failed: %s (%s:%d)"
              .formatted(
                  plugIn.getClassName(),
                  plugIn.getMethodName(),
                  e,
                  plugIn.getFileName(),
                  plugIn.getLineNumber()),
          ExitCode.BAD_INPUT);
    }
    return print(
        err, "an error in kretsim itself, please report it: " + e + place(e), ExitCode.OWN_FAULT);
  }

  /** Where it came out of a pool or a lock of the user's own; null if it did not. */
  private static @Nullable StackTraceElement plugIn(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      for (StackTraceElement frame : cause.getStackTrace()) {
        if (PlugIns.LOADER.equals(frame.getClassLoaderName())) {
          return frame;
        }
      }
    }
    return null;
  }

  private static String outOfMemory(Throwable error) {
    if (String.valueOf(error.getMessage()).contains("native thread")) {
      return "no more threads can be had here; use fewer --cpus, or --time virtual";
    }
    long heap = Runtime.getRuntime().maxMemory() / MEBIBYTE;
    return String.format(
        Locale.ROOT,
        "out of memory: the heap of %d MiB is full; run java -Xmx%dm -jar kretsim.jar for more, or"
            + " ask for less",
        heap,
        4 * heap);
  }

  private static String unusable(IOException problem) {
    String file =
        problem instanceof FileSystemException ? ((FileSystemException) problem).getFile() : null;
    return (file == null ? "input" : file) + ": cannot be used: " + FileName.reason(problem);
  }

  private static String place(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }

  static int print(PrintWriter err, String message, int code) {
    String oneLine = message.replaceAll("\\s*\\R\\s*", " ");
    err.println("kretsim: " + Printable.of(oneLine));
    return code;
  }
}
