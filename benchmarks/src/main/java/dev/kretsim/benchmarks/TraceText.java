package dev.kretsim.benchmarks;

import dev.kretsim.benchmarks.TraceScript.Event;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** The formats in which a made-up trace is written, in the columns of a 6.12 kernel. */
public enum TraceText {
  FUNCTION_GRAPH {
    @Override
    void header(StringBuilder text) {
      text.append("# tracer: function_graph\n#\n")
          .append("#     TIME        CPU  TASK/PID         DURATION")
          .append("                  FUNCTION CALLS\n")
          .append("#      |          |     |    |           |   |")
          .append("                     |   |   |   |\n");
    }

    @Override
    double columns(String line) {
      int bar = line.indexOf('|');
      if (bar < 0 || line.startsWith("#")) {
        return 0;
      }
      int cpu = line.indexOf(')', bar);
      int task = line.indexOf('|', cpu);
      int duration = line.indexOf('|', task + 1);
      return Double.parseDouble(line.substring(0, bar)) + cpu + duration;
    }

    @Override
    void write(StringBuilder text, Event event, int before) {
      if (event.kind() == TraceScript.Kind.LEAF_EXIT) {
        return;
      }
      if (before != event.task() && before >= 0) {
        text.append(" ------------------------------------------\n")
            .append(form(" %d) %s =>  %s\n", event.cpu(), centred(before), centred(event.task())))
            .append(" ------------------------------------------\n\n");
      }
      text.append(form("%s |   %d) %s | ", seconds(event), event.cpu(), centred(event.task())))
          .append(duration(event.holdUs()))
          .append("|  ")
          .append("  ".repeat(event.depth()));
      switch (event.kind()) {
        case ENTRY -> text.append(event.function()).append("() {\n");
        case EXIT -> text.append("} /* ").append(event.function()).append(" */\n");
        default -> text.append(event.function()).append("();\n");
      }
    }
  },

  KPROBE_EVENTS {
    @Override
    void header(StringBuilder text) {
      text.append("# tracer: nop\n#\n# entries-in-buffer/entries-written: 9999/9999   #P:2\n#\n")
          .append("#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION\n")
          .append("#              | |         |   |||||     |         |\n");
    }

    @Override
    double columns(String line) {
      int cpu = line.indexOf('[');
      int colon = line.indexOf(": ", cpu);
      if (colon < 0 || line.startsWith("#")) {
        return 0;
      }
      int stamp = line.lastIndexOf(' ', colon);
      int open = line.indexOf('(', colon);
      int close = line.indexOf(')', open);
      return Double.parseDouble(line.substring(stamp, colon)) + cpu + close;
    }

    @Override
    void write(StringBuilder text, Event event, int before) {
      String function = event.function();
      text.append(
          form(
              "%16s-%-7d [%03d] ..... %s: ",
              COMM, FIRST_PID + event.task(), event.cpu(), seconds(event)));
      switch (event.kind()) {
        case ENTRY, LEAF_ENTRY -> text.append(form("%s_in: (%1$s+0x4/0x370)\n", function));
        default -> text.append(form("%s_out: (ksys_read+0x6f/0xf0 <- %1$s) arg1=4096\n", function));
      }
    }
  };

  private static final String COMM = "wl-dd";
  private static final int FIRST_PID = 2607;
  private static final int TASK_WIDTH = 14;

  abstract void header(StringBuilder text);

  /** Finds the columns of a line, and makes a number of its stamp and where they are. */
  abstract double columns(String line);

  /**
   * Writes the line of one event, if it has one.
   *
   * @param before the task of the CPU's line before; -1: there is none
   */
  abstract void write(StringBuilder text, Event event, int before);

  /** A trace of as many bytes, or at most one event's lines more. */
  byte[] trace(int bytes, long seed) {
    StringBuilder text = new StringBuilder(bytes + 1024);
    header(text);
    TraceScript script = new TraceScript(seed);
    int[] running = new int[TraceScript.CPUS];
    Arrays.fill(running, -1);
    while (text.length() < bytes) {
      Event event = script.next();
      write(text, event, running[event.cpu()]);
      running[event.cpu()] = event.task();
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String form(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }

  private static String seconds(Event event) {
    return form("%5d.%06d", event.timeUs() / 1_000_000, event.timeUs() % 1_000_000);
  }

  private static String centred(int task) {
    String name = COMM + "-" + (FIRST_PID + task);
    int left = (TASK_WIDTH - name.length()) / 2;
    return " ".repeat(left) + name + " ".repeat(TASK_WIDTH - name.length() - left);
  }

  private static String duration(long us) {
    if (us == 0) {
      return " ".repeat(14);
    }
    char mark = us > 10_000 ? '*' : us > 1000 ? '#' : us > 100 ? '!' : us > 10 ? '+' : ' ';
    return form("%c %-12s", mark, us + ".128 us");
  }
}
