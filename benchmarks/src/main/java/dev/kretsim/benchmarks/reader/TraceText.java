package dev.kretsim.benchmarks.reader;

import dev.kretsim.benchmarks.reader.TraceScript.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The formats in which a made-up trace is written, in the columns of a 6.12 kernel. */
public enum TraceText {
  FUNCTION_GRAPH {
    @Override
    void header(StringBuilder text) {
      graphHeader(text);
    }

    @Override
    void write(StringBuilder text, Event event, int before) {
      graph(text, event, before, false);
    }

    @Override
    String entry(String function) {
      return " " + function + "\\(\\) \\{";
    }

    @Override
    String exit(String function) {
      return "\\} \\/\\* " + function + " ";
    }
  },

  /** As above, the durations pushed to the right, as kernels did before 2.6.39 and tools do. */
  FUNCTION_GRAPH_RIGHT {
    @Override
    void header(StringBuilder text) {
      graphHeader(text);
    }

    @Override
    void write(StringBuilder text, Event event, int before) {
      graph(text, event, before, true);
    }

    @Override
    String entry(String function) {
      return FUNCTION_GRAPH.entry(function);
    }

    @Override
    String exit(String function) {
      return FUNCTION_GRAPH.exit(function);
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
    void write(StringBuilder text, Event event, int before) {
      blanks(text, 16 - COMM.length());
      text.append(COMM).append('-').append(FIRST_PID + event.task());
      blanks(text, 7 - Integer.toString(FIRST_PID + event.task()).length());
      text.append(" [00").append(event.cpu()).append("] ..... ");
      seconds(text, event);
      text.append(": ");
      probe(text, event);
    }

    @Override
    String entry(String function) {
      return " " + function + "_in: ";
    }

    @Override
    String exit(String function) {
      return " " + function + "_out: ";
    }
  },

  /** The same events as {@code perf script} prints them. */
  PERF {
    @Override
    void header(StringBuilder text) {
      // perf prints none
    }

    @Override
    void write(StringBuilder text, Event event, int before) {
      int task = FIRST_PID + event.task();
      blanks(text, 16 - COMM.length());
      text.append(COMM).append(' ').append(task).append('/').append(task);
      text.append(" [00").append(event.cpu()).append("] ");
      seconds(text, event);
      text.append(": kprobes:");
      probe(text, event);
    }

    @Override
    String entry(String function) {
      return ":" + function + "_in: ";
    }

    @Override
    String exit(String function) {
      return ":" + function + "_out: ";
    }
  };

  private static final String COMM = "wl-dd";
  private static final int FIRST_PID = 2607;
  private static final int TASK_WIDTH = 14;
  private static final int DURATION_WIDTH = 12;
  private static final int CHUNK = 1 << 16;

  abstract void header(StringBuilder text);

  /**
   * Writes the line of one event, if it has one.
   *
   * @param before the task of the CPU's line before; -1: there is none
   */
  abstract void write(StringBuilder text, Event event, int before);

  /** A regular expression for the line with which a call of that function begins. */
  abstract String entry(String function);

  /** A regular expression for the line with which it ends. */
  abstract String exit(String function);

  /** Writes a trace of as many bytes, or some lines more. */
  public void write(OutputStream out, long bytes, long seed) throws IOException {
    StringBuilder text = new StringBuilder(2 * CHUNK);
    header(text);
    TraceScript script = new TraceScript(seed);
    int[] running = new int[TraceScript.CPUS];
    Arrays.fill(running, -1);
    for (long written = 0; written < bytes; ) {
      while (text.length() < Math.min(CHUNK, bytes - written)) {
        Event event = script.next();
        write(text, event, running[event.cpu()]);
        running[event.cpu()] = event.task();
      }
      out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
      written += text.length();
      text.setLength(0);
    }
  }

  private static void probe(StringBuilder text, Event event) {
    String function = event.function();
    text.append(function);
    switch (event.kind()) {
      case ENTRY, LEAF_ENTRY -> text.append("_in: (").append(function).append("+0x4/0x370)\n");
      default ->
          text.append("_out: (ksys_read+0x6f/0xf0 <- ").append(function).append(") arg1=4096\n");
    }
  }

  private static void graphHeader(StringBuilder text) {
    text.append("# tracer: function_graph\n#\n")
        .append("#     TIME        CPU  TASK/PID         DURATION")
        .append("                  FUNCTION CALLS\n")
        .append("#      |          |     |    |           |   |")
        .append("                     |   |   |   |\n");
  }

  private static void graph(StringBuilder text, Event event, int before, boolean right) {
    if (event.kind() == TraceScript.Kind.LEAF_EXIT) {
      return;
    }
    if (before != event.task() && before >= 0) {
      text.append(" ------------------------------------------\n ")
          .append(event.cpu())
          .append(") ");
      centred(text, before);
      text.append(" =>  ");
      centred(text, event.task());
      text.append("\n ------------------------------------------\n\n");
    }
    seconds(text, event);
    text.append(" |   ").append(event.cpu()).append(") ");
    centred(text, event.task());
    text.append(" | ");
    duration(text, event.holdUs(), right);
    text.append("|  ");
    blanks(text, 2 * event.depth());
    switch (event.kind()) {
      case ENTRY -> text.append(event.function()).append("() {\n");
      case EXIT -> text.append("} /* ").append(event.function()).append(" */\n");
      default -> text.append(event.function()).append("();\n");
    }
  }

  private static void seconds(StringBuilder text, Event event) {
    String seconds = Long.toString(event.timeUs() / 1_000_000);
    blanks(text, 5 - seconds.length());
    text.append(seconds).append('.');
    String decimals = Long.toString(event.timeUs() % 1_000_000);
    text.append("000000", 0, 6 - decimals.length()).append(decimals);
  }

  private static void centred(StringBuilder text, int task) {
    String name = COMM + "-" + (FIRST_PID + task);
    int left = (TASK_WIDTH - name.length()) / 2;
    blanks(text, left);
    text.append(name);
    blanks(text, TASK_WIDTH - name.length() - left);
  }

  private static void duration(StringBuilder text, long us, boolean right) {
    if (us == 0) {
      blanks(text, DURATION_WIDTH + 2);
      return;
    }
    char mark = us > 10_000 ? '*' : us > 1000 ? '#' : us > 100 ? '!' : us > 10 ? '+' : ' ';
    String shown = us + ".128 us";
    text.append(mark).append(' ');
    if (right) {
      blanks(text, DURATION_WIDTH - 1 - shown.length());
      text.append(shown).append(' ');
    } else {
      text.append(shown);
      blanks(text, DURATION_WIDTH - shown.length());
    }
  }

  private static void blanks(StringBuilder text, int count) {
    for (int i = 0; i < count; i++) {
      text.append(' ');
    }
  }
}
