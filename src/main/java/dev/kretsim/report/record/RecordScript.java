package dev.kretsim.report.record;

import dev.kretsim.kernel.BadInputException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A shell script that records calls of some functions and puts back what it changed.
 *
 * @param recorder what it uses
 * @param functions names as the kernel's symbol table spells them
 * @param seconds how long it records
 * @param perSecond the calls of all of them that are expected, from which the buffer is sized
 */
public record RecordScript(
    Recorder recorder, List<String> functions, int seconds, double perSecond) {
  private static final String SYMBOL = "[A-Za-z_][A-Za-z0-9_.]*";

  /** An entry and an exit of function_graph, with their headers. */
  private static final double BYTES_PER_CALL = 100;

  /** What an event's name may have besides the {@code _ret} that perf's script adds. */
  private static final int LONGEST_OF_EVENT = 59;

  private static final long LEAST_KB = 1408;
  private static final long MOST_KB = 1 << 20;

  public RecordScript {
    functions = List.copyOf(functions);
    if (functions.isEmpty()) {
      throw new BadInputException("name at least one function to record");
    }
    Set<String> seen = new HashSet<>();
    for (String function : functions) {
      if (!function.matches(SYMBOL)) {
        throw new BadInputException(
            "a function is a name of letters, digits, dots and underscores: " + function);
      }
      // The script for perf makes an event of each, with an underscore for each dot.
      if (!seen.add(recorder == Recorder.PERF ? function.replace('.', '_') : function)) {
        throw new BadInputException(
            "a function can be recorded once, and is named twice: " + function);
      }
      if (recorder == Recorder.PERF && function.length() > LONGEST_OF_EVENT) {
        throw new BadInputException(
            "perf takes names of at most %d characters, as events are named after them; use ftrace: %s"
                .formatted(LONGEST_OF_EVENT, function));
      }
    }
    if (recorder == Recorder.BCC && functions.size() > 1) {
      throw new BadInputException(
          "funclatency makes one histogram: record one function at a time with bcc: "
              + String.join(" ", functions));
    }
    if (recorder == Recorder.BPFTRACE && functions.stream().anyMatch(f -> f.contains("."))) {
      throw new BadInputException("bpftrace takes no name with a dot: " + functions);
    }
  }

  /** The script, ended by a newline. */
  public String text() {
    String file = "kretsim-" + functions.get(0) + "." + recorder.extension();
    return "#!/bin/sh\n# Run as root on the machine to look at; it records for "
        + seconds
        + " s and puts back what it changed.\nset -eu\n"
        + "[ \"$(id -u)\" = 0 ] || { echo 'run this as root' >&2; exit 1; }\nfunctions='"
        + String.join(" ", functions)
        + "'\nseconds="
        + seconds
        + "\nfile=$PWD/"
        + file
        + "\n"
        + (recorder.body().contains("$size_kb") ? "size_kb=" + sizeKb() + " # for each CPU\n" : "")
        + recorder.body().stripTrailing()
        + "\necho \"Now, here or elsewhere: kretsim plan $file"
        + (recorder == Recorder.BCC ? " --rate $rate/s --function " + functions.get(0) : "")
        + "\"\n";
  }

  /** Enough if all calls come on one CPU. */
  private long sizeKb() {
    double wanted = perSecond * seconds * BYTES_PER_CALL / 1024;
    return (long) Math.min(MOST_KB, Math.max(LEAST_KB, Math.ceil(wanted)));
  }
}
