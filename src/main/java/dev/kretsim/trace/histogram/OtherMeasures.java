package dev.kretsim.trace.histogram;

import dev.kretsim.kernel.BadInputException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tools whose tables look like those of a function's holds and tell something else. The command
 * that ran or the title says which tool it was; the table itself cannot.
 */
final class OtherMeasures {
  private record Measure(Pattern line, String what) {}

  private static final String AFTER_A_PROMPT = "[#$].*\\b(?:";
  private static final String TOOL_ENDS = ")(?:-bpfcc|\\.bt|\\.py)?(?: .*)?|";

  private static final List<Measure> MEASURES =
      List.of(
          new Measure(
              line(
                  "runqlat|runqslower|cpudist",
                  "Tracing (?:run queue|CPU scheduler|.*\\bo(?:n|ff)-CPU\\b)"),
              "how long tasks ran or waited for a CPU, not how long calls of a function took"),
          new Measure(
              line(
                  "biolatency|bitesize|biosnoop|scsilatency|nvmelatency",
                  "Tracing (?:block|nvme|NVMe|scsi|SCSI) "),
              "how long block I/O took, not calls of a function"),
          new Measure(
              line("tcprtt|tcpconnlat|netqtop", "Tracing TCP (?:RTT|round)"),
              "how long packets took, not calls of a function"),
          new Measure(
              line("runqlen|profile|cpuwalk", "Sampling "), "samples, not calls of a function"),
          new Measure(
              line("futexctn", "Summarize futex contention"),
              "how long a lock was waited for, not calls of a function"),
          new Measure(
              line("ssllatency|sslsnoop", "Tracing SSL/TLS "),
              "how long functions of a library took, where probes have no maxactive"),
          new Measure(
              line("readahead", "Read-ahead "), "how old pages became, not calls of a function"),
          new Measure(
              line("dbslower|dbstat|mysqld_qslower", "Tracing database queries"),
              "how long queries took, not calls of a kernel function"),
          new Measure(
              line("funcinterval", "Tracing (?:tracepoint|uprobe function) for "),
              "how far calls lie apart, not how long they take"));

  private @Nullable Measure current;
  private boolean commanded;

  private static Pattern line(String tools, String title) {
    return Pattern.compile(AFTER_A_PROMPT + tools + TOOL_ENDS + title + ".*");
  }

  /** Takes note of a command or title: what follows it is its tool's. */
  void note(String line) {
    Measure found = of(line);
    if (found != null || line.startsWith("#")) {
      current = found;
      commanded = true;
    } else if (line.startsWith("Tracing ") && !commanded) {
      current = null;
    }
    // A title that follows on its command is the same tool's.
    commanded &= line.startsWith("#");
  }

  private static @Nullable Measure of(String line) {
    return MEASURES.stream()
        .filter(measure -> measure.line().matcher(line).matches())
        .findFirst()
        .orElse(null);
  }

  /** Refuses a table if it is such a tool's. */
  void refuseTable() {
    if (current != null) {
      throw new BadInputException(
          "this table tells "
              + current.what()
              + "; give the output of funclatency FUNCTION instead");
    }
  }
}
