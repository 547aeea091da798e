package dev.kretsim.attack;

import com.sun.management.OperatingSystemMXBean;
import dev.kretsim.cli.ConsoleRun;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One command line, and the rules that whatever comes of it must keep.
 *
 * @param outputs names of files and folders that it may write
 */
record Attack(List<String> arguments, Set<String> outputs) {
  private static final long LONGEST_S = 20;

  private static final long MOST_CPU_NS =
      TimeUnit.SECONDS.toNanos(LONGEST_S * Runtime.getRuntime().availableProcessors());

  /** After so many times that, whatever else the machine does, it hangs. */
  private static final int MOST_WAITS = 6;

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** As a number in a table, CSV or JSON; not in a name. */
  private static final Pattern NO_NUMBER = Pattern.compile("(^|[\\s,:])(-?Infinity|NaN)($|[\\s,])");

  private static final Pattern TRACE = Pattern.compile("(?m)^\\s+at [\\w.$]+\\(");

  static Attack of(List<String> arguments) {
    return new Attack(arguments, Set.of());
  }

  /** What is wrong with what came of it; null if nothing is. */
  @Nullable String complaint(Workplace place) {
    Map<String, String> before = place.contents();
    ExecutorService worker =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "attack");
              thread.setDaemon(true);
              return thread;
            });
    try {
      Future<ConsoleRun> running = worker.submit(() -> ConsoleRun.of(arguments.toArray()));
      String said;
      try {
        ConsoleRun run = await(running);
        said = run == null ? "takes too long, at " + stack("attack") : complaint(run);
      } catch (ExecutionException thrown) {
        said = "throws " + thrown.getCause();
      }
      return said != null ? said : damage(before, place);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "was interrupted";
    } finally {
      worker.shutdownNow();
    }
  }

  /**
   * What came of it; null if it takes too long. A machine that does other things meanwhile makes
   * nothing take longer: what counts is this process's time on its processors.
   */
  private static @Nullable ConsoleRun await(Future<ConsoleRun> running)
      throws InterruptedException, ExecutionException {
    long usedNs = PROCESS.getProcessCpuTime();
    for (int waits = 0; waits < MOST_WAITS; waits++) {
      try {
        return running.get(LONGEST_S, TimeUnit.SECONDS);
      } catch (TimeoutException notYet) {
        if (PROCESS.getProcessCpuTime() - usedNs >= MOST_CPU_NS) {
          return null;
        }
      }
    }
    return null;
  }

  private static String stack(String thread) {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> entry.getKey().getName().equals(thread))
        .map(entry -> Arrays.stream(entry.getValue()).limit(12).toList().toString())
        .findFirst()
        .orElse("?");
  }

  private @Nullable String complaint(ConsoleRun run) {
    if (TRACE.matcher(run.err()).find() || TRACE.matcher(run.out()).find()) {
      return "shows a stack trace: " + run.err();
    }
    boolean isName = arguments.stream().anyMatch(word -> word.matches("-?Infinity|NaN"));
    if (!isName && NO_NUMBER.matcher(run.out()).find()) {
      return "prints what is no number: " + run.out().lines().limit(40).toList();
    }
    switch (run.code()) {
      case 0:
        return null;
      case 1:
        boolean checks =
            arguments.contains("--fail-above")
                || arguments.contains("conform")
                || arguments.contains("check")
                || arguments.contains("validate");
        return checks ? null : "a check failed where there is none: " + run.err();
      case 2:
      case 3:
        if (!run.err().endsWith("\n") || run.err().lines().count() != 1) {
          return "says more or less than one line: " + run.err();
        }
        return run.err().contains("Exception") ? "names an exception: " + run.err() : null;
      default:
        return "ends with code " + run.code() + ": " + run.err();
    }
  }

  private @Nullable String damage(Map<String, String> before, Workplace place) {
    Map<String, String> after = place.contents();
    for (Map.Entry<String, String> file : before.entrySet()) {
      if (!file.getValue().equals(after.get(file.getKey()))) {
        return "changed " + file.getKey();
      }
    }
    for (String file : after.keySet()) {
      if (!before.containsKey(file)) {
        place.remove(file);
        if (outputs.stream().noneMatch(output -> Path.of(file).startsWith(output))) {
          return "left " + file;
        }
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return String.join("' '", arguments).transform(line -> "'" + line + "'");
  }
}
