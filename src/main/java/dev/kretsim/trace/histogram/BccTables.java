package dev.kretsim.trace.histogram;

import dev.kretsim.kernel.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tables of bcc's funclatency and argdist -H: {@code 8 -> 15 : 3 |*** |}. */
final class BccTables implements HistogramTables.TableParser {
  /** The line above a table. */
  static final Pattern TITLE = Pattern.compile("\\s*(\\S.*?)\\s+: count\\s+distribution\\s*");

  private static final Pattern ROW =
      Pattern.compile(
          "\\s*N(?:\\s*->\\s*N)?\\s*: N(?: +\\(?[\\d.]+ ?%\\)?){0,2}(?:\\s*\\|.*)?\\s*"
              .replace("N", "(\\d+|\\d{1,3}(?:,\\d{3})+)"));
  private static final Pattern LIKE_A_ROW = Pattern.compile(".*(?:->|\\|).*|\\s*\\d+\\s*:.*");
  private static final Pattern BAR = Pattern.compile("[*+| ]*[*|][*+| ]*");
  private static final Pattern FUNCTION =
      Pattern.compile("Function = (?:b')?([^' \\[]+)'?( \\[\\d+])?\\s*");
  private static final Pattern SECTION =
      Pattern.compile(
          "(?!(?:avg|average|total|sum|count|min|max|mean|median|stddev) =)"
              + "(?:([A-Za-z][\\w ]{0,30}?) )?= (?:b?'(.*)'|b?\"(.*)\"|(.*?))\\s*");
  private static final Pattern TRACING =
      Pattern.compile("Tracing (?:1 functions? for \"(?:b')?(.+?)'?\"|([\\w.:]+?))\\.+(?: .*)?");
  private static final Pattern TRACING_SEVERAL =
      Pattern.compile("Tracing (\\d+) functions for (\".+?\")\\.+(?: .*)?");
  private static final Pattern KNOWN_TOOL = Pattern.compile(".*\\b(?:funclatency|argdist)\\b.*");
  private static final Pattern BEGINS_ANEW =
      Pattern.compile(
          ".*\\b(?:funclatency|(?!arg)\\w+dist)(?:-bpfcc|\\.py)?\\b.*"
              + "|.*\\bargdist(?!.* (?:-\\w*c\\w*|--cumulative) ).*"
              + "|Tracing (?:\\d+ functions? for |\\w+ operation latency|[\\w.:]+\\.+ +Hit ).*");
  private static final Pattern RUN = Pattern.compile("\\s*(?:Tracing|Sampling|Summarize) .*");

  /** Lines that stand below a title although they are no table. */
  private static final Pattern NOTHING =
      Pattern.compile(
          "|\\^C|[#$].*|Tracing .*|Detaching.*|\\[?[\\d:]+\\]?|Exiting trace of .*|.*[Cc]trl-C.*");

  private final List<HistogramTables.Table> tables = new ArrayList<>();
  private List<HoldHistogram.Bucket> buckets = new ArrayList<>();
  private @Nullable HoldUnit unit;
  private @Nullable String traced;
  private @Nullable String function;
  private @Nullable Long totalNs;
  private String section = "";
  private int runs;
  private boolean titled;
  private @Nullable String several;
  private boolean knownTool;
  private boolean begins;
  private boolean maybeIntervals;
  private final Set<String> mixed = new LinkedHashSet<>();
  private final PerfLatencyTables ofPerf = new PerfLatencyTables();
  private final AddedUp addedUp = new AddedUp();
  private final Set<String> ofPrograms = new LinkedHashSet<>();

  /** The names in sections' titles that are taken for functions'. */
  private final Set<String> kept = new LinkedHashSet<>();

  private boolean anyTable;
  private boolean ofProgram;
  private boolean ofKernel;
  private ArgdistProbes argdist = ArgdistProbes.NONE;

  /** What is told in a table's label and need not be how long calls took. */
  private final Set<String> doubted = new LinkedHashSet<>();

  /** The first line below a title that is no part of a table. */
  private @Nullable String strange;

  private final OtherMeasures others = new OtherMeasures();
  private boolean rowsOver;
  private long unreadable;
  private long disagreeing;

  /** The calls of this run's other tables. */
  private long ofRun;

  /** Where the row above ends. */
  private long rowsEnd;

  @Override
  public void parse(String line) {
    if (ofPerf.take(line)) {
      return;
    }
    Matcher row = ROW.matcher(line);
    HoldUnit inUnit = unit;
    if (inUnit != null && row.matches()) {
      addRow(row, inUnit);
      return;
    }
    Matcher title = TITLE.matcher(line);
    if (title.matches()) {
      endTable();
      rowsOver = false;
      anyTable = true;
      others.refuseTable();
      TableLabel label = TableLabel.of(title.group(1));
      unit = label.unit();
      if (!label.isSure()) {
        doubted.add("'" + title.group(1) + "'");
      }
      return;
    }
    BccTotal total = BccTotal.in(line);
    if (total != null) {
      total(total);
      return;
    }
    if (inUnit != null && line.isBlank()) {
      rowsOver = true;
    } else if (inUnit != null && !rowsOver && LIKE_A_ROW.matcher(line).matches()) {
      unreadable += BAR.matcher(line).matches() ? 0 : 1;
    }
    readFunction(line.strip());
  }

  private void addRow(Matcher row, HoldUnit inUnit) {
    try {
      long from = number(row.group(1));
      long last = row.group(2) == null ? from : number(row.group(2));
      long count = number(row.group(3));
      if (last < from || from < rowsEnd) {
        unreadable++;
        return;
      }
      rowsEnd = last == Long.MAX_VALUE ? last : last + 1;
      if (count > 0) {
        long to = last == Long.MAX_VALUE ? last : inUnit.toNs(last + 1);
        buckets.add(new HoldHistogram.Bucket(inUnit.toNs(from), to, count));
      }
    } catch (NumberFormatException e) {
      throw new BadInputException("a number above 2^63-1: " + row.group());
    }
  }

  private static long number(String digits) {
    return Long.parseLong(digits.replace(",", ""));
  }

  private void readFunction(String line) {
    Matcher named = FUNCTION.matcher(line);
    ArgdistProbes.Probe probe = argdist.shownBy(line);
    Matcher tracing = TRACING.matcher(line);
    if (RUN.matcher(line).matches() || line.startsWith("#") || line.startsWith("$ ")) {
      endTable();
      others.note(line);
      beginRun(line);
    }
    Matcher section = SECTION.matcher(line);
    if (named.matches()) {
      endTable();
      function = withoutLibrary(named.group(1));
      ofProgram |= named.group(2) != null && !ofKernel;
    } else if (probe != null) {
      endTable();
      function = probe.function();
      ofProgram = probe.ofProgram();
    } else if (tracing.matches()) {
      traced = withoutLibrary(tracing.group(1) != null ? tracing.group(1) : tracing.group(2));
    } else if (section.matches()) {
      endTable();
      section(section);
    } else if (strange == null && runs > 0 && !NOTHING.matcher(line).matches()) {
      strange = line;
    }
  }

  /** Each title is that of a run of its own; a command before it is another's, or the same's. */
  private void beginRun(String line) {
    boolean command = line.startsWith("#") || line.startsWith("$");
    begins = BEGINS_ANEW.matcher(line).matches() || (begins && titled && !command);
    runs += command || !titled ? 1 : 0;
    titled = command;
    section = "";
    ofRun = 0;
    if (command) {
      knownTool = KNOWN_TOOL.matcher(line).matches();
      if (ArgdistProbes.isCommand(line)) {
        argdist = ArgdistProbes.in(line);
        ArgdistProbes.Probe only = argdist.only();
        function = null;
        traced = only == null ? null : only.function();
        ofProgram = only != null && only.ofProgram();
      }
    } else {
      function = null;
      traced = null;
      Matcher of = TRACING_SEVERAL.matcher(line);
      several = of.matches() && !of.group(1).equals("1") ? of.group(2) : null;
      ofProgram = several != null && several.indexOf(':') >= 0;
      ofKernel = several != null && !ofProgram;
    }
  }

  /** Tools that measure no function keep operations, disks, interrupts or processes apart. */
  private void section(Matcher section) {
    String value = section.group(section.group(2) != null ? 2 : section.group(3) != null ? 3 : 4);
    String name = value.strip();
    if (name.startsWith("[unknown]")) {
      throw new BadInputException(
          "the tool could not name this function, and others may bear the same name; measure one"
              + " function by its name: funclatency FUNCTION");
    }
    String key = section.group(1);
    this.section = (key == null ? "" : key + " ") + "= " + name;
    function = traced == null || !isNumber(name) ? name : traced;
    if (key != null && name.equals(function) && !isNumber(name)) {
      kept.add(name);
    }
  }

  private static boolean isNumber(String value) {
    return value.matches("\\d+(?: .*)?|b?'?\\d+'?");
  }

  /** bcc names a library, and libbpf's tools a program, before a function of it. */
  private @Nullable String withoutLibrary(String function) {
    ofProgram = function.indexOf(':') >= 0;
    String name = function.substring(function.lastIndexOf(':') + 1);
    return name.matches("[\\w.]+") ? name : null;
  }

  /** Of several functions' tables, the line below the last tells all their calls together. */
  private void total(BccTotal total) {
    HoldUnit inUnit = unit;
    if (inUnit == null) {
      return;
    }
    long own = buckets.stream().mapToLong(HoldHistogram.Bucket::count).sum();
    if (total.isOf(own) && total.isSound()) {
      totalNs = total.ofRowsNs(buckets, inUnit);
    }
    boolean ofAll = ofRun > 0 && total.isOf(ofRun + own);
    disagreeing += totalNs == null && !ofAll && own + total.count() > 0 ? 1 : 0;
  }

  private void endTable() {
    if (!buckets.isEmpty()) {
      String name = function == null ? traced : function;
      String run = "run " + Math.max(1, runs);
      String printed = section.isEmpty() ? run : runs > 1 ? section + " of " + run : section;
      if (ofProgram) {
        ofPrograms.add(name == null ? "this" : name);
      } else {
        tables.add(new HistogramTables.Table(name, printed, buckets, totalNs, begins));
        addedUp.add(name, printed);
      }
      ofRun += buckets.stream().mapToLong(HoldHistogram.Bucket::count).sum();
      if (name == null && several != null) {
        mixed.add(several);
      }
      maybeIntervals |=
          section.isEmpty() && name != null && name.equals(traced) && !knownTool && totalNs == null;
    }
    buckets = new ArrayList<>();
    totalNs = null;
    unit = null;
    rowsEnd = 0;
  }

  @Override
  public List<HistogramTables.Table> finish() {
    endTable();
    tables.addAll(ofPerf.finish());
    return tables;
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>(addedUp.remarks());
    remarks.addAll(ofPerf.remarks());
    if (!mixed.isEmpty()) {
      remarks.add(
          "warning: the calls of all functions that match "
              + String.join(", ", mixed)
              + " are in one table; measure them apart with funclatency -F");
    }
    if (maybeIntervals) {
      remarks.add(
          "remark: funcinterval prints the same table of the time between calls; it is taken for"
              + " funclatency's");
    }
    remarks.addAll(HistogramTables.unreadableRows(unreadable));
    remarks.addAll(HistogramTables.ofPrograms(ofPrograms));
    if (!kept.isEmpty()) {
      remarks.add(
          "remark: %s: so the tool calls what it keeps apart; put the function's name into the line"
                  .formatted(String.join(", ", kept))
              + " to paste");
    }
    if (!doubted.isEmpty()) {
      remarks.add(
          "remark: tables of "
              + String.join(", ", doubted)
              + " are taken for how long calls of a function took");
    }
    if (disagreeing > 0) {
      remarks.add(
          "warning: "
              + (disagreeing == 1
                  ? "a line 'avg = ...' does"
                  : disagreeing + " lines 'avg = ...' do")
              + " not agree with the rows above; the rows are believed");
    }
    return remarks;
  }

  @Override
  public String lack() {
    if (!anyTable && strange != null) {
      return "no table of times is below the tool's title, but '"
          + strange
          + "'; run a tool that prints one, such as funclatency FUNCTION";
    }
    return anyTable
        ? "its tables are empty; let the tool run while the function is called"
        : "no table is below the tool's title; let it run while the function is called, and copy"
            + " all that it prints at the end";
  }
}
