package dev.kretsim.trace.read;

import dev.kretsim.kernel.BadInputException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What tools print that tells no holds: why, and what to do. Asked where no format is found. */
final class OtherTools {
  private record Output(Pattern line, String why) {}

  private static final String RECORD =
      "record the function with function_graph, or with an entry and a return probe";

  private static final List<Output> OUTPUTS =
      List.of(
          new Output(
              Pattern.compile("# tracer: function\\b(?!_).*"),
              "the function tracer records no returns; record with function_graph, or with an entry"
                  + " and a return probe"),
          new Output(
              Pattern.compile(
                  "# tracer: (?:irqsoff|preemptoff|preemptirqsoff|wakeup\\w*|hwlat|osnoise|timerlat"
                      + "|blk|mmiotrace|branch)\\b.*"),
              "this tracer records latencies of the system, not the calls of a function; "
                  + RECORD),
          new Output(
              Pattern.compile("\\s*\\S.*\\[\\d+\\].*\\d+\\.\\d+: [\\w.]+ ?<- ?[\\w.]+\\s*"),
              "the function tracer records no returns; record with function_graph, or with an entry"
                  + " and a return probe"),
          new Output(
              Pattern.compile(
                  "FUNC\\s+COUNT\\b.*|COUNT\\s+(?:FUNC|EVENT)\\b.*|ADDR\\s+FUNC\\s+COUNT.*"),
              "it counts calls, and tells neither when they came nor how long they took; "
                  + RECORD
                  + ", or give funclatency's output and --rate"),
          new Output(
              Pattern.compile(
                  "@\\w*(?:\\[.*\\])?: (?:-?\\d+|count -?\\d+, .*|.*\\d)"
                      + "|\\{\"type\": ?\"(?:map|stats|count|avg|sum)\".*"),
              "this map of bpftrace holds counts or means, not how long each call took; keep a"
                  + " histogram: @us[func] = hist((nsecs - @start[tid]) / 1000)"),
          new Output(
              Pattern.compile(
                  "\\s*\\S.*\\d+\\.\\d{6,9}: +(?:\\d+ +)?[\\w-]+:[\\w.]+: +\\([0-9a-f]{8,16}(?: <-"
                      + " .*)?\\).*"),
              "the line lacks the thread or the CPU; print all there is: perf script --ns -F"
                  + " comm,tid,cpu,time,event,trace"),
          new Output(
              Pattern.compile(
                  "#\\s+DURATION\\s+(?:TID|TASK)\\s+FUNCTION\\s*"
                      + "|\\s*Total time\\s+Self time\\s+Calls\\s+Function\\s*"),
              "uftrace shows the functions of a program; for those of the kernel, " + RECORD),
          new Output(
              Pattern.compile(
                  "#?\\s*(?:Total \\(us\\)|Function)\\s+(?:Avg"
                      + " \\(us\\)|Hit)\\s+(?:Max|Time|Hit).*"),
              "it tells the mean of all calls, not how long each took; " + RECORD),
          new Output(
              Pattern.compile("\\s*\\d+\\.\\d+: (?:funcgraph_e|\\w+: \\().*"),
              "the lines show neither the task nor the CPU; print them whole: trace-cmd report"),
          new Output(
              Pattern.compile("COMM\\s+PID\\s+LAT.*FUNC.*|TIME.*\\bLAT\\(\\w+\\).*"),
              "it lists slow calls only, and no rate can be told from them; " + RECORD),
          new Output(
              Pattern.compile("PID\\s+TID\\s+COMM\\s+FUNC\\b.*|(?:TIME\\s+)?PID\\s+COMM\\b.*"),
              "it lists events, not entries and returns with their times; " + RECORD),
          new Output(
              Pattern.compile(
                  "\\s*>?=\\(\\w+\\) \\.\\. <\\(\\w+\\)\\s+: .*|\\s*Range\\s+: Count.*"),
              "it measures block I/O or a counter, not the calls of a function; " + RECORD),
          new Output(
              Pattern.compile(
                  "\\s*%\\s*time\\s+seconds\\s+usecs/call\\s+calls.*"
                      + "|(?:\\[pid +\\d+\\] |\\d+ +)?\\s*(?:[\\d:.]+ )?\\w+\\(.*\\) += .*"
                      + "|\\s*syscall\\s+calls\\s+(?:errors\\s+)?total\\s.*"),
              "it shows system calls as a process sees them, not calls of a kernel function; "
                  + RECORD),
          new Output(
              Pattern.compile(
                  "# (?:Overhead|Samples|Total Lost Samples).*| Performance counter stats.*"),
              "it sums samples or counters up; print each event: perf script --ns"),
          new Output(
              Pattern.compile(
                  "\\s*\\d+\\.\\d+ (?:\\( *(?:\\d+\\.\\d+ ms)? *\\): )?\\S+/\\d+ \\S.*"),
              "perf trace shows system calls, or events in a form that is not read; print those"
                  + " with: perf script --ns"),
          new Output(
              Pattern.compile("\\s*(?:time\\s+cpu\\s+task name|Task +\\|\\s+Runtime)\\b.*"),
              "perf sched tells how long tasks ran or waited, not how long calls took; " + RECORD),
          new Output(
              Pattern.compile("\\s*value \\|-+ count\\s*|\\s*value +-+ Distribution -+ count\\s*"),
              "tables of SystemTap and DTrace name neither unit nor function, and are not read; "
                  + RECORD
                  + ", or give funclatency's output and --rate"),
          new Output(
              Pattern.compile(".*\\bfuncgraph_e(?:ntry|xit): .*"),
              "the lines show neither the task nor the CPU; print them whole: trace-cmd report"),
          new Output(
              Pattern.compile("\\[[\\d:.]+\\] \\(\\+[\\d?.]+\\) \\S+ \\w+: \\{.*"),
              "events of LTTng are not read; " + RECORD),
          new Output(
              Pattern.compile(
                  "(?:\\[[ \\d.]+\\] )?\\w+ returned \\S+ and took \\d+ ns to execute\\s*"),
              "what a module printed of its calls is not read; " + RECORD),
          new Output(
              Pattern.compile("\\s*\\{ \\w+:.*\\} hitcount:.*"),
              "the histogram of an event's trigger, not a trace; " + RECORD));

  private @Nullable String why;
  private @Nullable String line;
  private long at;

  /** Takes note of a line that tells no format, and of its number. */
  void note(String text, long number) {
    for (int i = 0; why == null && i < OUTPUTS.size(); i++) {
      if (OUTPUTS.get(i).line().matcher(text).matches()) {
        why = OUTPUTS.get(i).why();
        line = text.strip();
        at = number;
      }
    }
  }

  /** Refuses what was noted, if anything. */
  void refuse(String source) {
    if (why != null) {
      throw BadInputException.at(source, at, "'" + line + "': " + why);
    }
  }
}
