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
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Our own CSV, one call a line: {@code entry_ns,exit_ns,task,function}, each in quotes or not. The
 * task is a number or any other name. An empty exit is a call that never returned. A header and
 * {@code #} lines are passed over; where a header separates its columns by semicolons or tabs, so
 * are those of the lines below it.
 */
public final class CallsParser implements LineParser {
  static final String HEADER = "entry_ns,exit_ns,task,function";

  private static final List<String> COLUMNS = List.of(HEADER.split(","));
  private static final char COMMA = ',';
  private static final String SEPARATORS = ",;\t";

  /** Where a header of ours ends, whatever its columns are in. */
  private static final int LONGEST_HEADER = 200;

  private static final int EPOCH_NS_DIGITS = 19;

  /** What the first of 19 digits stands for where it is 1, as it will be until 2033. */
  private static final long EPOCH_NS_LEAST = 1_000_000_000_000_000_000L;

  /** Four names, none of which could be a time. */
  private static final Pattern NAMES =
      Pattern.compile("\\s*\"?[A-Za-z_][^,]*,\\s*\"?[A-Za-z_][^,]*,[^,]+,[^,]+.*");

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
  private char separator = COMMA;
  private long latestEntryNs;
  private boolean started;

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
    int end = line.indexOf(separator, 0);
    return sorting || end == Line.NONE ? Line.NONE : numberIn(line, 0, end);
  }

  /** Each line is a whole call. */
  @Override
  public boolean showsDurations() {
    return true;
  }

  @Override
  public Verdict parse(Line line) {
    if (!Line.isDigit(line.at(line.skipBlanks(0)))
        && (isHeader(line) || (line.length() < LONGEST_HEADER && namesColumns(line.toString())))) {
      String header = line.toString();
      checkHeader(header);
      separator = separatorOf(header);
      return Verdict.OTHER;
    }
    int second = line.indexOf(separator, 0);
    int third = second == Line.NONE ? Line.NONE : line.indexOf(separator, second + 1);
    int fourth = third == Line.NONE ? Line.NONE : line.indexOf(separator, third + 1);
    if (fourth == Line.NONE || line.indexOf(separator, fourth + 1) != Line.NONE) {
      return Verdict.DAMAGED;
    }
    long entryNs = numberIn(line, 0, second);
    long exitNs = numberIn(line, second + 1, third);
    int exit = begin(line, second + 1, third);
    boolean unfinished = exit >= end(line, exit, third);
    int task = nameIn(tasks, line, third + 1, fourth);
    if (entryNs == Line.NONE || task == Line.NONE || (!unfinished && exitNs < entryNs)) {
      return Verdict.DAMAGED;
    }
    int function = nameIn(functions, line, fourth + 1, line.length());
    if (function == Line.NONE) {
      return Verdict.DAMAGED;
    }
    started = true;
    accept(entryNs, exitNs, task, function);
    return Verdict.RECORD;
  }

  /** Whether a line names our columns, or begins to. */
  public static boolean isHeader(Line line) {
    int first = line.skipBlanks(0);
    boolean quoted = line.at(first) == '"';
    if (line.has("entry_ns,", first) || line.has("\"entry_ns\",", first)) {
      return true;
    }
    byte begin = line.at(quoted ? first + 1 : first);
    return (begin == 'e' || begin == 'E')
        && line.length() < LONGEST_HEADER
        && namesOurs(line.toString());
  }

  private static boolean namesOurs(String header) {
    return names(header, separatorOf(header)).equals(COLUMNS);
  }

  /** What stands between the columns of a header: a comma, unless it has no comma. */
  private static char separatorOf(String header) {
    for (int i = 0; i < SEPARATORS.length(); i++) {
      if (header.indexOf(SEPARATORS.charAt(i)) >= 0) {
        return SEPARATORS.charAt(i);
      }
    }
    return COMMA;
  }

  private static List<String> names(String header, char separator) {
    return Arrays.stream(header.split(String.valueOf(separator), -1))
        .map(name -> name.strip().replaceAll("^\"(.*)\"$", "$1").toLowerCase(Locale.ROOT))
        .toList();
  }

  /** Whether a line may be the header of some other table of calls. */
  public static boolean namesColumns(String line) {
    return NAMES.matcher(line).matches();
  }

  /**
   * Columns in another order, or of another unit, would be read as what they are not.
   *
   * @throws BadInputException if those that a header names are not ours
   */
  public static void checkHeader(String header) {
    List<String> names = names(header, separatorOf(header));
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
    int first = begin(line, from, to);
    int end = end(line, first, to);
    if (end - first == EPOCH_NS_DIGITS && line.at(first) == '1') {
      long rest = line.number(first + 1, end);
      return rest == Line.NONE ? Line.NONE : EPOCH_NS_LEAST + rest;
    }
    return line.number(first, end);
  }

  private static int nameIn(NameTable names, Line line, int from, int to) {
    int first = begin(line, from, to);
    int end = end(line, first, to);
    return end > first ? names.numberOf(line, first, end) : Line.NONE;
  }

  /** Where a field begins, behind blanks and a quote that ends it, too. */
  private static int begin(Line line, int from, int to) {
    int first = line.skipBlanks(from);
    int end = line.trimEnd(first, to);
    boolean quoted = end - first >= 2 && line.at(first) == '"' && line.at(end - 1) == '"';
    return quoted ? first + 1 : first;
  }

  private static int end(Line line, int first, int to) {
    int end = line.trimEnd(first, to);
    return first > 0 && line.at(first - 1) == '"' && line.at(end - 1) == '"' ? end - 1 : end;
  }

  @Override
  public List<String> remarks() {
    return matcher.anyCrossed()
        ? List.of(
            "warning: calls of one task cross: one ends while another of the same function is inside"
                + " that began later, as no thread's can; is the task a process? then the threads"
                + " counted are too few: give threads")
        : List.of();
  }

  @Override
  public String expected() {
    return "'" + HEADER.replace(COMMA, separator) + "', times in whole ns";
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
