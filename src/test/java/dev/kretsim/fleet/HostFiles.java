package dev.kretsim.fleet;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Files of hosts in all kinds that a fleet takes, drawn from the number of the host. */
public final class HostFiles {
  /** In which form a host was recorded. */
  public enum Kind {
    FUNCTION_GRAPH,
    EVENTS,
    PERF,
    PROFILE
  }

  /** The pool that was in force on hosts with snapshots. */
  public static final int IN_FORCE = 6;

  private static final String[] FUNCTIONS = {"vfs_read", "vfs_write", "do_sys_openat2"};
  private static final int USUAL_TASKS = 6;

  private record Task(long atNs, int id, boolean inside, int function, long sinceNs) {}

  private final SplittableRandom random;
  private final Kind kind;

  private HostFiles(int host, Kind kind) {
    this.random = new SplittableRandom(host);
    this.kind = kind;
  }

  /** Of ten hosts, one has snapshots and three have a trace of each kind. */
  public static Kind kindOf(int host) {
    return host % 10 == 9 ? Kind.PROFILE : Kind.values()[host % 3];
  }

  /**
   * Writes the files of a host: a trace of about so many bytes, or two snapshots.
   *
   * @return its name
   */
  public static String write(Path folder, int host, long bytes) {
    String name = "host%04d".formatted(host);
    HostFiles files = new HostFiles(host, kindOf(host));
    try {
      if (files.kind == Kind.PROFILE) {
        files.snapshots(folder.resolve(name + ".before"), folder.resolve(name + ".after"));
      } else {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(name + ".txt"))) {
          files.trace(out, bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return name;
  }

  private void snapshots(Path before, Path after) throws IOException {
    StringBuilder first = new StringBuilder();
    StringBuilder second = new StringBuilder();
    for (String function : FUNCTIONS) {
      long hits = random.nextLong(1_000_000);
      long misses = random.nextLong(100);
      row(first, function, hits, misses);
      row(
          second,
          function,
          hits + 10_000 + random.nextLong(1_000_000),
          misses + random.nextLong(90));
    }
    Files.writeString(before, first, StandardCharsets.UTF_8);
    Files.writeString(after, second, StandardCharsets.UTF_8);
  }

  private static void row(StringBuilder text, String function, long hits, long misses) {
    text.append("  %-44s %15d %15d%n".formatted(function + "_out", hits, misses));
  }

  private void trace(BufferedWriter out, long bytes) throws IOException {
    int tasks = USUAL_TASKS + random.nextInt(3);
    double thinkNs = 1e6 * (1 + random.nextDouble());
    double holdNs = 1e5 * (1 + random.nextDouble());
    PriorityQueue<Task> next =
        new PriorityQueue<>(
            (a, b) -> a.atNs != b.atNs ? Long.compare(a.atNs, b.atNs) : a.id - b.id);
    for (int id = 0; id < tasks; id++) {
      next.add(new Task(10_000_000_000L + drawn(thinkNs), id, false, drawnFunction(), 0));
    }
    StringBuilder text = new StringBuilder(header());
    long written = 0;
    long lastUs = 0;
    while (written + text.length() < bytes) {
      Task task = next.remove();
      // Stamps of their own, so that the order of lines is that of time.
      long us = Math.max(lastUs + 1, task.atNs / 1000);
      lastUs = us;
      line(text, task, us);
      next.add(after(task, us * 1000, thinkNs, holdNs));
      if (text.length() > 1 << 16) {
        written += text.length();
        out.append(text);
        text.setLength(0);
      }
    }
    out.append(text);
  }

  private Task after(Task task, long nowNs, double thinkNs, double holdNs) {
    if (!task.inside) {
      return new Task(nowNs + drawn(holdNs), task.id, true, task.function, nowNs);
    }
    return new Task(nowNs + drawn(thinkNs), task.id, false, drawnFunction(), 0);
  }

  private int drawnFunction() {
    return random.nextInt(FUNCTIONS.length);
  }

  private long drawn(double meanNs) {
    return (long) (-meanNs * Math.log(1 - random.nextDouble())) + 1000;
  }

  private String header() {
    return switch (kind) {
      case FUNCTION_GRAPH ->
          "# tracer: function_graph\n"
              + "#\n"
              + "#     TIME        CPU  TASK/PID         DURATION                  FUNCTION CALLS\n"
              + "#      |          |     |    |           |   |                     |   |   |  "
              + " |\n";
      case EVENTS ->
          "# tracer: nop\n#\n# entries-in-buffer/entries-written: 9999/9999   #P:4\n#\n"
              + "#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION\n"
              + "#              | |         |   |||||     |         |\n";
      case PERF, PROFILE -> "";
    };
  }

  private void line(StringBuilder text, Task task, long us) {
    String function = FUNCTIONS[task.function];
    switch (kind) {
      case FUNCTION_GRAPH -> {
        seconds(text, us, 5).append(" |   ").append(task.id % 4).append(")    wl-");
        text.append(2000 + task.id).append("   | ");
        if (task.inside) {
          double tookUs = us - task.sinceNs / 1000.0;
          text.append(String.format(Locale.ROOT, "%9.3f us", tookUs)).append("  |  } /* ");
          text.append(function).append(" */\n");
        } else {
          text.append("              |  ").append(function).append("() {\n");
        }
      }
      case EVENTS -> {
        text.append("              wl-").append(2000 + task.id).append("    [00");
        text.append(task.id % 4).append("] ..... ");
        seconds(text, us, 5).append(": ");
        event(text, task, function);
      }
      case PERF -> {
        text.append("    wl ").append(2000 + task.id).append('/').append(2000 + task.id);
        text.append(" [00").append(task.id % 4).append("] ");
        seconds(text, us, 5).append(": kprobes:");
        event(text, task, function);
      }
      case PROFILE -> throw new IllegalStateException("counters have no lines for calls");
    }
  }

  private static void event(StringBuilder text, Task task, String function) {
    text.append(function).append(task.inside ? "_out" : "_in");
    text.append(task.inside ? ": (ksys_read+0x6f/0xf0 <- " : ": (").append(function);
    text.append(task.inside ? ")\n" : "+0x4/0x370)\n");
  }

  private static StringBuilder seconds(StringBuilder text, long us, int width) {
    String whole = Long.toString(us / 1_000_000);
    text.append(" ".repeat(Math.max(0, width - whole.length()))).append(whole).append('.');
    String part = Long.toString(us % 1_000_000);
    return text.append("0".repeat(6 - part.length())).append(part);
  }
}
