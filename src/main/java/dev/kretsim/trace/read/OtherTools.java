package dev.kretsim.trace.read;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.text.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What tools print that tells no holds: why, and what to do. Asked where no format is found. */
final class OtherTools {
  private record Output(Pattern line, String why) {}

  private record Told(String text, long number) {}

  /** So many lines are kept before they are looked at: most often none need be. */
  private static final int MOST_WAITING = 100;

  /** A line that tells a tool is not longer. */
  private static final int LONGEST = 300;

  private static final String RECORD =
      "record the function with function_graph, or with an entry and a return probe";

  private static final String SUMS =
      "it sums counts or times up, and tells not how long each call of a function took; ";

  /** Apart, as they take long to make, and most files begin with a line of a trace. */
  private static final class Known {
    /** Words in capitals above columns; kprobe_profile has none, but a user may put them there. */
    private static final Output OF_COLUMNS =
        new Output(
            Pattern.compile(
                "(?!.*(?i:\\b(?:hits?|miss|misses|nmissed|events?)\\b))\\s*(?:#"
                    + " ?)?[A-Z][A-Z_()/%]+(?:\\s+(?:# ?)?[A-Z][A-Za-z_()/%]*){2,}\\s*"),
            "a table of another tool, and neither a trace nor kprobe_profile; " + RECORD);

    /** Three words right above three columns, and apart as those are. */
    private static final Pattern THREE_WORDS =
        Pattern.compile(
            "(?!.*(?i:\\b(?:hits?|miss|misses|nmissed|events?)\\b))(?=\\s*\\S.*(?:\\s{2}|\\t))"
                + "\\s*(?:# ?)?(?:<?[A-Za-z_]+>?:?\\s+){2}<?[A-Za-z_]+>?\\s*");

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
                    "(?:.*\\s)?(?:SYSCALL|HCALL|KVM_EXIT_REASON|COMM)\\s+COUNT\\b.*"
                        + "|(?:HARD|SOFT)IRQ\\s+TOTAL_.*|\\s*Caller\\s+Avg .*"
                        + "|\\s*VM-EXIT\\s+Samples\\b.*|\\s*Name\\s+acquired\\s+contended\\b.*"
                        + "|\\s*contended\\s+total wait\\b.*|lock_stat version.*"
                        + "|Latency ?T(?:OP|op) version.*|TIME\\s+\\S+/s\\s.*|\\s*Function\\s+Hit\\s*"
                        + "|Tracing (?:off-CPU|blocked) time .*"),
                SUMS + RECORD),
            new Output(
                Pattern.compile(
                    "\\S+\\s+p\\d+\\s+p\\d+\\s.*|\\s*\"?Value\"?[\\s,]+\"?Percentile\"?[\\s,].*|\\s*Latency"
                        + " (?:Distribution|percentiles)\\b.*|\\s*[cs]?lat(?: percentiles)?"
                        + " \\([num]sec\\).*|\\{\"\\w+\": ?\\{\"\\d+\":.*"),
                "it tells percentiles, not how many calls took how long; if they are those of a"
                    + " function, give two: --rate 1000/s --hold 'lognormal(p50=80us,p99=4ms)'"),
            new Output(
                Pattern.compile(
                    "\\d+: \\w+ +(?:name \\S+ +)?tag [0-9a-f]{16}\\b.*|.*\"run_time_ns\":.*"
                        + "|\\s*ID\\s+Type\\s+Name\\s+Period .*"),
                "it tells how long BPF programs run, not the functions that they probe; " + RECORD),
            new Output(
                Pattern.compile(
                    "# (?:HELP|TYPE|UNIT) \\w+ .*|\\w+(?:_bucket|_sum|_count)(?:\\{.*\\})?"
                        + " [-+\\d.e]+.*"),
                "metrics of Prometheus are not read; give the output of the tool that measured, such"
                    + " as funclatency's"),
            new Output(
                Pattern.compile("\\s*/\\S+\\s+\\S+\\s+\\d+(?:\\s+\\d+)?\\s*"),
                "uprobe_profile counts probes of programs, which have no maxactive; those of the"
                    + " kernel are in kprobe_profile"),
            new Output(
                Pattern.compile(
                    "\\s*\\S.*\\s\\d+ \\d+ \\d+ [0-9a-f]{8} [0-9a-f]{8} \\[[0-9a-f]+\\]"
                        + " \\d+\\.\\d+ms .*"),
                "the verbose form of a trace is not read; print it again after: echo noverbose >"
                    + " trace_options"),
            new Output(
                Pattern.compile("Finding critical section .*"),
                "it shows stretches without interrupts or preemption, not calls of a function; "
                    + RECORD),
            new Output(
                Pattern.compile(
                    "# (?:Timer Latency|RTLA |Histogram\\b).*|T: *\\d+ \\( *\\d+\\) P: *\\d+ .*"),
                "it measures how late the system wakes up, not calls of a function; " + RECORD),
            new Output(
                Pattern.compile("# Running '.*' benchmark:.*"),
                "a benchmark tells its own time, not that of a kernel function's calls; " + RECORD),
            new Output(
                Pattern.compile(
                    "FUNC\\s+COUNT\\b.*|\\s*COUNT\\s+(?:FUNC|EVENT)\\b.*|ADDR\\s+FUNC\\s+COUNT.*"),
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
                "the line lacks the thread, or idle tasks their CPU; print all there is: perf script"
                    + " --ns -F comm,tid,cpu,time,event,trace"),
            new Output(
                Pattern.compile(
                    "#\\s+DURATION\\s+(?:TID|TASK)\\s+FUNCTION\\s*"
                        + "|\\s*Total time\\s+Self time\\s+Calls\\s+Function\\s*"),
                "uftrace shows the functions of a program; for those of the kernel, " + RECORD),
            new Output(
                Pattern.compile(
                    "#?\\s*(?:Total \\(us\\)|Function)\\s+(?:Avg"
                        + " \\(us\\)|Hit)\\s+(?:Max|Time|Hit).*"),
                "it tells the mean of all calls, not how long each took; if the calls come at random,"
                    + " the mean will do: --rate 4000/s --hold 'exponential(mean=3us)'"),
            new Output(
                Pattern.compile("\\s*\\d+\\.\\d+: (?:funcgraph_e|\\w+: \\().*"),
                "the lines show neither the task nor the CPU; print them whole: trace-cmd report"),
            new Output(
                Pattern.compile("COMM\\s+PID\\s+LAT.*FUNC.*|TIME.*\\bLAT\\(\\w+\\).*"),
                "it lists slow calls only, and no rate can be told from them; " + RECORD),
            new Output(
                Pattern.compile(
                    "PID\\s+TID\\s+COMM\\s+FUNC\\b.*|PID\\s+COMM\\b.*|\\s*PID\\s+PPID\\b.*"
                        + "|COMM\\s+PID\\b.*|TIME(?:\\(\\w+\\))?\\s+[A-Z].*"),
                "it lists events, not entries and returns with their times; " + RECORD),
            new Output(
                Pattern.compile(
                    "\\s*>?=\\(\\w+\\) \\.\\. <\\(\\w+\\)\\s+: .*|\\s*Range\\s+: Count.*"),
                "it measures block I/O or a counter, not the calls of a function; " + RECORD),
            new Output(
                Pattern.compile(
                    "\\s*[%#]\\s*time\\s+seconds\\s+usecs/call\\s+calls.*"
                        + "|(?:\\[pid +\\d+\\] |\\d+ +)?\\s*(?:[\\d:.]+ )?\\w+\\(.*\\) += .*"
                        + "|\\s*syscall\\s+calls\\s+(?:errors\\s+)?total\\s.*"),
                "it shows what a program calls, as the program sees it, not calls of a kernel"
                    + " function; "
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
                "perf sched tells how long tasks ran or waited, not how long calls took; "
                    + RECORD),
            new Output(
                Pattern.compile(
                    "\\s*value \\|-+ count\\s*|\\s*value +-+ Distribution -+ count\\s*"),
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
                Pattern.compile(
                    "[pr]\\d*:[\\w/]+ \\S+.*|[0-9a-f]{8,16}  [rk]  \\S+.*"
                        + "|\\s*\\w+:\\w+ +(?:\\(on .*\\)|\\[\\w+ event\\])|print fmt: .*"),
                "it tells which probes there are, not what they recorded; switch them on and copy the"
                    + " trace: cat trace"),
            new Output(
                Pattern.compile("\\s*(?:k|kret|f|fexit|fentry|u|uret)(?:probe|func)?:\\S+.*\\{.*"),
                "a program of bpftrace, not what it prints; run it: bpftrace FILE > out.txt"),
            new Output(
                Pattern.compile(
                    ".*\\bstruct k(?:ret)?probe\\b.*|.*\\bregister_k(?:ret)?probe\\(.*|#include"
                        + " [<\"].*"),
                "source code, not a trace; " + RECORD),
            new Output(
                Pattern.compile("(?:functions|probes|load|cpus|arch|kernel):(?: .*)?"),
                "a scenario, not a trace; run it: kretsim run FILE"),
            new Output(
                Pattern.compile("\\{\\s*\"schema\": ?\"kretsim\\..*"),
                "what kretsim itself printed; give the trace that it was made from"),
            new Output(
                Pattern.compile(
                    "\\s*(?:\\w*sh|cat|sudo|tail|less|head|perf|trace-cmd|bpftrace): .*(?:Permission"
                        + " denied|No such file or directory|Operation not permitted|Device or"
                        + " resource busy|command not found).*"),
                "an error, not a trace; do as it says, as root, and copy what comes then"),
            new Output(
                Pattern.compile("\\[?\\{.*\"(?:traceEvents|ph)\".*|\\s*\"traceEvents\".*"),
                "Chrome's and Perfetto's events in JSON are not read; " + RECORD),
            new Output(
                Pattern.compile("\\s*[\\[{]\\s*\".*|\\[\\s*\\{\\s*\".*"),
                "JSON of another tool than bpftrace is not read; " + RECORD),
            new Output(
                Pattern.compile(
                    "<\\?xml\\b.*|.*<svg\\b.*|(?:[^;|]+;){2,}[^;|]+ \\d+"
                        + "|\\s*\\d+\\.\\d+%  .*\\[[k.]\\].*"),
                "it sums samples of stacks up, and tells no calls; " + RECORD),
            new Output(
                Pattern.compile(
                    "\\s*(?:Call Trace:|Linux version \\d.*|BUG: .*|Oops: .*|\\[<[0-9a-f]+>\\]"
                        + " .*\\+0x.*|#\\d+ +(?:0x[0-9a-f]+ in )?\\w+ ?\\(.*\\).*)"),
                "messages of the kernel or a stack, in which nobody enters and returns; " + RECORD),
            new Output(
                Pattern.compile(
                    "top - \\d.*|procs"
                        + " -+memory-+.*|\\s*PID\\s+(?:USER|TTY)\\b.*|\\s*CPU0\\s+CPU1\\b.*|Linux"
                        + " \\S+ \\(.*CPU\\)|Module\\s+Size\\s+Used by.*|nr_free_pages \\d+"),
                "it tells how loaded the system was, not which calls came; " + RECORD),
            new Output(
                Pattern.compile("entry_ns[;\\t ].*|[^,;]*(?:[,;](?! )[^,;()<>\\[\\]]*){2,}"),
                "a table of another tool; calls in columns are read as entry_ns,exit_ns,task,function,"
                    + " or with semicolons or tabs in place of the commas"),
            OF_COLUMNS,
            new Output(
                Pattern.compile("# event histogram.*|\\s*\\{ \\w+:.*\\} hitcount:.*"),
                "the histogram of an event's trigger, not a trace; " + RECORD));

    /** What bpftrace prints first, whatever follows: it counts where nothing else says more. */
    private static final Output SCRIPT =
        new Output(
            Pattern.compile("Attach(?:ing|ed) (?:to )?\\d+ probes?.*"),
            "what a script of bpftrace prints line by line is not read, other than"
                + " printf(\"%llu,%llu,%d,%s\\n\", @start[tid], nsecs, tid, func)");

    private Known() {}
  }

  private final List<Told> waiting = new ArrayList<>();

  private @Nullable Output found;
  private @Nullable String line;
  private long at;
  private @Nullable Told above;

  /** Takes note of a line that tells no format, and of its number. */
  void note(Line told, long number) {
    if (told.length() >= LONGEST || OtherFiles.isBinary(told)) {
      return;
    }
    above = new Told(told.toString(), number);
    waiting.add(above);
    if (waiting.size() == MOST_WAITING) {
      look();
    }
  }

  private void look() {
    for (Told told : waiting) {
      if (found == null || found == Known.SCRIPT) {
        look(told);
      }
    }
    waiting.clear();
  }

  private void look(Told told) {
    for (Output output : Known.OUTPUTS) {
      if (output.line().matcher(told.text()).matches()) {
        take(output, told);
        return;
      }
    }
    if (found == null && Known.SCRIPT.line().matcher(told.text()).matches()) {
      take(Known.SCRIPT, told);
    }
  }

  private void take(Output output, Told told) {
    found = output;
    line = told.text().strip();
    at = told.number();
  }

  /** Refuses a line that tells a format but may be anybody's: a name and two numbers. */
  void mind(TraceFormat format, Line told, long number, String source) {
    if (format == TraceFormat.PROFILE) {
      Told heading = above;
      look();
      if (found == null && heading != null && Known.THREE_WORDS.matcher(heading.text()).matches()) {
        take(Known.OF_COLUMNS, heading);
      }
      note(told, number);
      refuse(source);
    }
  }

  /** Refuses what was noted, if anything. */
  void refuse(String source) {
    look();
    if (found != null) {
      throw BadInputException.at(source, at, "'" + line + "': " + found.why());
    }
  }
}
