package dev.kretsim.trace.calls;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.pairing.CallMatcher;
import dev.kretsim.trace.pairing.LineParser;
import dev.kretsim.trace.pairing.TaskState;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.NameTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Our own CSV, one call a line: {@code entry_ns,exit_ns,task,function}. The task is a number or any
 * other name. An empty exit is a call that never returned. A header and {@code #} lines are passed
 * over.
 */
public final class CallsParser implements LineParser {
  static final String HEADER = "entry_ns,exit_ns,task,function";

  private static final List<String> COLUMNS = List.of(HEADER.split(","));

  /** What a kept record costs on the heap, in bytes, rounded up. */
  private static final int KEPT_BYTES = 64;

  /** Says that the calls are not in order of entry, so that they have to be sorted first. */
  @SuppressWarnings("serial")
  public static final class OutOfOrder extends RuntimeException {
    OutOfOrder() {
      super("calls are not in order of entry", null, false, false);
    }
  }

  private record Kept(long entryNs, long exitNs, int task, int function) {}

  private final CallsMatcher matcher;
  private final boolean sorting;
  private final NameTable functions = new NameTable();
  private final NameTable tasks = new NameTable();
  private final List<Kept> kept = new ArrayList<>();
  private long latestEntryNs;

  /**
   * @param sorting whether to collect all calls and sort them by entry; if not, a call that was
   *     entered before the one above it is an {@link OutOfOrder}
   */
  public CallsParser(CallsMatcher matcher, boolean sorting) {
    this.matcher = matcher;
    this.sorting = sorting;
  }

  @Override
  public long stampNs(Line line) {
    int comma = line.indexOf(',', 0);
    return sorting || comma == Line.NONE ? Line.NONE : numberIn(line, 0, comma);
  }

  @Override
  public Verdict parse(Line line) {
    if (line.has("entry_ns", line.skipBlanks(0))) {
      checkHeader(line.toString());
      return Verdict.OTHER;
    }
    int second = line.indexOf(',', 0);
    int third = second == Line.NONE ? Line.NONE : line.indexOf(',', second + 1);
    int fourth = third == Line.NONE ? Line.NONE : line.indexOf(',', third + 1);
    if (fourth == Line.NONE || line.indexOf(',', fourth + 1) != Line.NONE) {
      return Verdict.DAMAGED;
    }
    long entryNs = numberIn(line, 0, second);
    long exitNs = numberIn(line, second + 1, third);
    boolean unfinished = line.skipBlanks(second + 1) == third;
    int task = nameIn(tasks, line, third + 1, fourth);
    if (entryNs == Line.NONE || task == Line.NONE || (!unfinished && exitNs < entryNs)) {
      return Verdict.DAMAGED;
    }
    int function = nameIn(functions, line, fourth + 1, line.length());
    if (function == Line.NONE) {
      return Verdict.DAMAGED;
    }
    accept(entryNs, exitNs, task, function);
    return Verdict.RECORD;
  }

  /** Columns in another order would be read as what they are not. */
  private static void checkHeader(String header) {
    List<String> names = Arrays.stream(header.split(",", -1)).map(String::strip).toList();
    if (names.equals(COLUMNS)) {
      return;
    }
    for (String name : names) {
      if (names.indexOf(name) < names.lastIndexOf(name)) {
        throw new BadInputException("the column " + name + " stands twice; expected " + HEADER);
      }
    }
    throw new BadInputException("columns " + String.join(",", names) + "; expected " + HEADER);
  }

  private void accept(long entryNs, long exitNs, int task, int function) {
    if (sorting) {
      keep(new Kept(entryNs, exitNs, task, function));
    } else if (entryNs < latestEntryNs) {
      throw new OutOfOrder();
    } else {
      latestEntryNs = entryNs;
      matcher.call(entryNs, exitNs, matcher.task(task + 1L, 0), function);
    }
  }

  private void keep(Kept call) {
    kept.add(call);
    if (kept.size() > Runtime.getRuntime().maxMemory() / (4 * KEPT_BYTES)) {
      throw new BadInputException(
          "too many calls to sort by entry in memory; sort the file first: sort -t, -k1,1n");
    }
  }

  @Override
  public void finish() {
    kept.sort(Comparator.comparingLong(Kept::entryNs));
    for (Kept call : kept) {
      TaskState task = matcher.task(call.task() + 1L, 0);
      matcher.call(call.entryNs(), call.exitNs(), task, call.function());
    }
    kept.clear();
  }

  private static long numberIn(Line line, int from, int to) {
    int first = line.skipBlanks(from);
    return line.number(first, line.trimEnd(first, to));
  }

  private static int nameIn(NameTable names, Line line, int from, int to) {
    int first = line.skipBlanks(from);
    int end = line.trimEnd(first, to);
    return end > first ? names.numberOf(line, first, end) : Line.NONE;
  }

  @Override
  public String expected() {
    return "'" + HEADER + "'";
  }

  @Override
  public int highestCpu() {
    return -1;
  }

  @Override
  public NameTable functions() {
    return functions;
  }

  @Override
  public CallMatcher matcher() {
    return matcher;
  }
}
