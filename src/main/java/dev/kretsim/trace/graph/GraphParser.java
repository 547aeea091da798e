package dev.kretsim.trace.graph;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.pairing.CallMatcher;
import dev.kretsim.trace.pairing.LineParser;
import dev.kretsim.trace.pairing.TaskState;
import dev.kretsim.trace.text.Block;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.LineCounts;
import dev.kretsim.trace.text.LineDecoder;
import dev.kretsim.trace.text.NameTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text of the function_graph tracer with absolute time. The indentation of a call is its depth.
 * Where the task is not shown, the lines that tell of task switches do.
 */
public final class GraphParser implements LineParser {
  private static final String RECORD_ALL =
      "record with: echo 1 > options/funcgraph-abstime; echo 1 > options/funcgraph-cpu;"
          + " echo 1 > options/funcgraph-proc; echo 1 > options/funcgraph-duration";

  private final GraphCalls calls;
  private final GraphTexts texts;
  private final Columns columns = new Columns();
  private final Columns.Switches switches = new Columns.Switches();
  private final InterruptFrames interrupts = new InterruptFrames();
  private int highestCpu = -1;

  /** Whether a line shows a call and nothing of when and where. */
  private boolean sawBareCall;

  /** Whether a line had all columns: from then on a line without is damaged, not another format. */
  private boolean sawColumns;

  private boolean showsTask;
  private boolean showsCpu;
  private boolean showsDuration;

  public GraphParser(GraphMatcher matcher) {
    this.calls = new GraphCalls(matcher);
    this.texts = new GraphTexts(matcher, interrupts);
  }

  @Override
  public long stampNs(Line line) {
    return columns.read(line, line.skipBlanks(0)) == Columns.Kind.UNKNOWN
        ? Line.NONE
        : columns.timeNs;
  }

  @Override
  public int stampCpu() {
    return columns.cpu;
  }

  @Override
  public void newRecording(long firstNs) {
    interrupts.allOver();
    matcher().newRecording(firstNs);
  }

  @Override
  public Verdict parse(Line line) {
    int first = line.skipBlanks(0);
    Columns.Kind kind = columns.read(line, first);
    if (kind == Columns.Kind.CALL) {
      return parseCall(line);
    }
    if (kind == Columns.Kind.UNKNOWN) {
      return parseBetween(line, first);
    }
    if (columns.cpu != Line.NONE) {
      if (kind == Columns.Kind.IRQ_BEGINS) {
        interrupts.begin(columns.cpu);
      } else {
        interrupts.end(columns.cpu);
      }
    }
    return Verdict.OTHER;
  }

  private Verdict parseBetween(Line line, int first) {
    if (line.at(first) == '-') {
      if (showsTask) {
        texts.learnBetween(line, Line.NONE);
      }
      return Verdict.OTHER;
    }
    int cpu = switches.read(line);
    if (cpu == Line.NONE) {
      return damaged(line, first);
    }
    interrupts.over(cpu);
    if (showsTask) {
      texts.learnBetween(line, cpu);
    } else {
      learnFirstTask(cpu, Columns.Switches.before(line));
    }
    return Verdict.OTHER;
  }

  private void learnFirstTask(int cpu, long pid) {
    GraphMatcher matcher = calls.matcher();
    if (matcher.learned.firstTasks.putIfAbsent(cpu, pid) == null
        && !matcher.before.firstTasks.containsKey(cpu)) {
      matcher.wasOnCpu(matcher.task(standIn(cpu), cpu), matcher.task(pid, cpu));
    }
  }

  private Verdict parseCall(Line line) {
    boolean task = columns.pid != Line.NONE;
    boolean onCpu = columns.cpu != Line.NONE;
    if (columns.cpu == Line.NONE && columns.timeNs == Line.NONE) {
      return damaged(line, columns.callsFrom);
    }
    if (!sawColumns && !columns.hasDuration && !calls.isCall(line, columns.callsFrom)) {
      return Verdict.DAMAGED;
    }
    if (!sawColumns) {
      requireColumns();
      sawColumns = true;
      calls.matcher().setResolution(columns.resolutionNs);
      showsTask = task;
      showsCpu = onCpu;
      showsDuration = columns.hasDuration;
    }
    if (!timed()
        || onCpu != showsCpu
        || task != showsTask
        || columns.hasDuration != showsDuration) {
      return Verdict.DAMAGED;
    }
    int cpu = showsCpu ? columns.cpu : 0;
    highestCpu = showsCpu ? Math.max(highestCpu, cpu) : highestCpu;
    int depth = line.skipBlanks(columns.callsFrom) - columns.callsFrom;
    TaskState state = calls.matcher().task(task ? columns.pid : taskOn(cpu), cpu);
    Verdict verdict =
        calls.parse(
            line,
            columns.durationFrom,
            columns.callsFrom,
            columns.timeNs,
            state,
            interrupts.context(cpu, depth));
    if (verdict == Verdict.RECORD
        && showsTask
        && showsCpu
        && columns.timeNs != Line.NONE
        && !calls.isCollapsed()) {
      texts.learn(line, columns, state, calls.kind, depth, calls.function);
    }
    return verdict;
  }

  private Verdict damaged(Line line, int callsFrom) {
    sawBareCall |= !sawColumns && calls.isPlainCall(line, callsFrom);
    return Verdict.DAMAGED;
  }

  @Override
  public @Nullable String lacking() {
    return sawBareCall ? "function_graph without time, CPU and task; " + RECORD_ALL : null;
  }

  @Override
  public LineDecoder decoder() {
    return new GraphDecoder(texts);
  }

  @Override
  public int take(Block block, int from, LineCounts counts) {
    return texts.take(block, from, counts);
  }

  @Override
  public void publish() {
    texts.publish();
  }

  private boolean timed() {
    return columns.timeNs != Line.NONE || !calls.matcher().wantsTime();
  }

  private void requireColumns() {
    if (!timed()) {
      throw new BadInputException(
          "function_graph without absolute time: holds, but no arrivals; record with:"
              + " echo 1 > options/funcgraph-abstime; echo 1 > options/funcgraph-proc");
    }
    if (columns.cpu == Line.NONE && columns.pid == Line.NONE) {
      throw new BadInputException(
          "function_graph without the task and the CPU; record with: echo 1 >"
              + " options/funcgraph-cpu; echo 1 > options/funcgraph-proc");
    }
  }

  private long taskOn(int cpu) {
    long pid = switches.on(cpu);
    return pid == Line.NONE ? firstTaskOf(cpu) : pid;
  }

  /** The task that a CPU runs when the trace begins: a stand-in for it in the first pass. */
  private long firstTaskOf(int cpu) {
    Long known = calls.matcher().before.firstTasks.get(cpu);
    return known == null ? standIn(cpu) : known;
  }

  private static long standIn(int cpu) {
    return Long.MIN_VALUE + cpu;
  }

  @Override
  public boolean showsDurations() {
    return showsDuration || columns.hasDuration;
  }

  @Override
  public void leaveOut() {
    calls.matcher().leaveOut();
  }

  @Override
  public void lostEvents(int cpu) {
    interrupts.over(cpu);
  }

  @Override
  public List<String> remarks() {
    return calls.remarks();
  }

  @Override
  public String expected() {
    return "'TIME | CPU) TASK-PID | DURATION us | function() {'";
  }

  @Override
  public int highestCpu() {
    return highestCpu;
  }

  @Override
  public NameTable functions() {
    return calls.functions();
  }

  @Override
  public CallMatcher matcher() {
    return calls.matcher();
  }
}
