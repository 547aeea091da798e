package dev.kretsim.trace.read;

import dev.kretsim.trace.text.Line;
import java.util.regex.Pattern;

/** Lines that a tracer or its tool writes above a recording. */
final class HeaderLines {
  private static final String CPUS = "cpus=";
  private static final int MOST_CPUS = 1 << 16;

  /** What a shell was told to show or to trace, as a comment or at root's prompt. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "# (?:sudo )?(?:\\S*/)?(?:cat|head|tail|less|more|perf|trace-cmd|bpftrace"
              + "|(?:kprobe|funcgraph|tpoint|uprobe|functrace)(?:-perf)?) .*");

  private static final int LONGEST_COMMAND = 300;

  private HeaderLines() {}

  /** Whether a line is the first of those: another recording begins with it. */
  static boolean beginsRecording(Line line) {
    int first = line.skipBlanks(0);
    return line.at(first) == '#'
        ? line.has("# tracer:", first) || line.has("# captured on", first) || isCommand(line, first)
        : line.has(CPUS, first) || line.has("Tracing ", first);
  }

  private static boolean isCommand(Line line, int first) {
    return line.at(first + 1) == ' '
        && !Line.isBlank(line.at(first + 2))
        && line.length() < LONGEST_COMMAND
        && COMMAND.matcher(line.text(first, line.length())).matches();
  }

  /**
   * Whether a line is about a CPU's buffer: {@code CPU 0 is empty}, {@code CPU:1 [LOST 3 EVENTS]},
   * {@code CPU:1 [3 EVENTS DROPPED]} or {@code CPU:1 [SUBBUFFER START]}.
   */
  static boolean isRemark(Line line) {
    int first = line.skipBlanks(0);
    if (line.has("CPU ", first)) {
      return line.has(" is empty", line.skipDigits(first + "CPU ".length()));
    }
    return line.has("CPU:", first)
        && (line.contains("[LOST ")
            || line.contains("EVENTS DROPPED]")
            || line.contains("[SUBBUFFER START]"));
  }

  /** Takes note of what one tells. */
  static void read(Line line, Notes notes) {
    int cpus = line.indexOf("#P:", 0);
    if (cpus != Line.NONE) {
      notes.headerCpus = cpusAt(line, cpus + "#P:".length());
    } else if (line.has(CPUS, 0)) {
      notes.headerCpus = cpusAt(line, CPUS.length());
    }
    int entries = line.indexOf("entries-in-buffer/entries-written:", 0);
    if (entries != Line.NONE) {
      int from = line.skipBlanks(line.indexOf(':', entries) + 1);
      int slash = line.skipDigits(from);
      long written = line.number(slash + 1, line.skipDigits(slash + 1));
      notes.announcedEvents = Math.max(0, line.number(from, slash));
      notes.overwritten |= notes.announcedEvents < written;
    }
  }

  private static int cpusAt(Line line, int from) {
    return (int) Math.min(MOST_CPUS, Math.max(0, line.number(from, line.skipDigits(from))));
  }
}
