package dev.kretsim.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar on standard error, with rate and time left, for work that takes more than two
 * seconds; only where a terminal shows it.
 */
public final class Progress implements AutoCloseable {
  private static final long AFTER_NS = 2_000_000_000L;
  private static final int STEPS = 1000;

  private final String task;
  private final boolean terminal;
  private final long beganNs = System.nanoTime();
  private @Nullable ProgressBar bar;

  private Progress(String task, boolean terminal) {
    this.task = task;
    this.terminal = terminal;
  }

  /** Shows it if standard error is a terminal. */
  public static Progress onTerminal(String task) {
    return new Progress(task, isTerminal(Path.of("/proc/self/fd/2")));
  }

  private static boolean isTerminal(Path stream) {
    try {
      String target = Files.readSymbolicLink(stream).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** So large a share of the work is done. */
  public void share(double share) {
    if (!terminal) {
      return;
    }
    if (bar == null && System.nanoTime() - beganNs > AFTER_NS) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(STEPS)
              .showSpeed()
              .clearDisplayOnFinish()
              .build();
    }
    ProgressBar shown = bar;
    if (shown != null) {
      shown.stepTo((long) (share * STEPS));
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
