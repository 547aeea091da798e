package dev.kretsim.trace.event;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.trace.pairing.CallMatcher;
import dev.kretsim.trace.pairing.LineParser;
import dev.kretsim.trace.pairing.TaskState;
import dev.kretsim.trace.text.Block;
import dev.kretsim.trace.text.Line;
import dev.kretsim.trace.text.LineCounts;
import dev.kretsim.trace.text.LineDecoder;
import dev.kretsim.trace.text.NameTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Text of kprobe events. In ftrace's own text an entry event shows {@code (function+0x4/0x170)}, a
 * return event {@code (caller+0x4b/0x90 <- function)}. trace-cmd and perf know no symbols and show
 * {@code (address)} and {@code (function <- caller)}. Where several entry probes watch one function
 * the first counts; of several return probes each return counts once. A probe in the middle of a
 * function is not an entry.
 */
public final class EventsParser implements LineParser {
  /**
   * How far behind the symbol an entry probe can sit: the kernel moves it past a landing pad or to
   * the ftrace site.
   */
  private static final long ENTRY_OFFSET = 16;

  /** Of a return; pages and editors turn the blanks around it to tabs, or drop them. */
  private static final String ARROW = "<-";

  private final EventMatcher matcher;
  private final NameTable functions = new NameTable();
  private final NameTable events = new NameTable();
  private final FunctionAddresses addresses = new FunctionAddresses();
  private final EventPrefix prefix;
  private final EventTexts texts;
  private int[] entryEvents = new int[0];
  private int[] returnEvents = new int[0];
  private int highestCpu = -1;
  private long userProbes;
  private long graphLines;

  public EventsParser(EventPrefix prefix, EventMatcher matcher) {
    this.prefix = prefix;
    this.matcher = matcher;
    this.texts = new EventTexts(matcher);
  }

  @Override
  public long stampNs(Line line) {
    return prefix.read(line) ? prefix.timeNs : Line.NONE;
  }

  @Override
  public int stampCpu() {
    return prefix.cpu;
  }

  @Override
  public Verdict parse(Line line) {
    if (!prefix.read(line)) {
      return Verdict.DAMAGED;
    }
    if (line.at(prefix.payload) != '(') {
      return parseOther(line);
    }
    int close = line.indexOf(')', prefix.payload);
    if (close == Line.NONE || isGlued(line, close)) {
      return Verdict.DAMAGED;
    }
    int from = prefix.payload + 1;
    int arrow = line.indexOf(ARROW, from);
    boolean isReturn = arrow != Line.NONE && arrow < close;
    if (isOfProgram(line, isReturn ? line.skipBlanks(arrow + ARROW.length()) : from)) {
      userProbes++;
      return Verdict.OTHER;
    }
    highestCpu = Math.max(highestCpu, prefix.cpu);
    matcher.order.setResolution(prefix.resolutionNs);
    if (Line.isHexDigit(line.at(from))) {
      int end = line.skipHexDigits(from);
      int to = isReturn ? line.trimEnd(from, arrow) : close;
      if (end - from >= FunctionAddresses.LEAST_DIGITS && end == to) {
        return parseAddress(line, from, end, isReturn);
      }
      if (end - from >= FunctionAddresses.LEAST_DIGITS && Line.isBlank(line.at(end))) {
        return Verdict.DAMAGED;
      }
    }
    return isReturn
        ? parseReturn(line, line.skipBlanks(arrow + ARROW.length()), close)
        : parseEntry(line, from, close);
  }

  /**
   * Whether another record, or the rest of one, stands on the line: two writers wrote to one file,
   * or a newline is lost.
   */
  private boolean isGlued(Line line, int close) {
    int opened = line.indexOf('(', prefix.payload + 1);
    if (opened != Line.NONE && opened < close) {
      return true;
    }
    for (int paren = line.indexOf('(', close);
        paren != Line.NONE;
        paren = line.indexOf('(', paren + 1)) {
      int event = line.trimEnd(close, paren) - 1;
      if (event < paren - 1 && line.at(event) == ':') {
        int colon = line.trimEnd(close, line.tokenBegin(event)) - 1;
        if (line.at(colon) == ':' && line.secondsAsNs(line.tokenBegin(colon), colon) != Line.NONE) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Whether the probe is in a program: ftrace shows those so, perf gives them groups so. A caller
   * without a symbol is shown the same way.
   */
  private boolean isOfProgram(Line line, int probed) {
    return line.has("0x", probed)
        || (line.has("probe_", prefix.eventFrom)
            && line.indexOf(':', prefix.eventFrom) < prefix.eventTo);
  }

  private Verdict parseOther(Line line) {
    if (line.has("__probe_", prefix.payload) && functions.size() == 0) {
      throw new BadInputException(
          "raw events (trace-cmd report -R); print them again without -R: trace-cmd report");
    }
    graphLines += line.has("funcgraph_e", prefix.eventFrom) ? 1 : 0;
    return line.length() == prefix.payload ? Verdict.DAMAGED : Verdict.OTHER;
  }

  private Verdict parseAddress(Line line, int from, int to, boolean isReturn) {
    int known = addresses.find(line.hexNumber(from, to), isReturn);
    int function = known;
    if (known == Line.NONE) {
      function = functions.numberOf(line, from, to);
      addresses.add(line.hexNumber(from, to), isReturn, function);
    }
    return isReturn ? exit(line, function) : entry(line, function);
  }

  private Verdict parseReturn(Line line, int from, int close) {
    int to = Math.min(line.tokenEnd(from), close);
    return to <= from || !isNamed(line.at(from))
        ? Verdict.DAMAGED
        : exit(line, functions.numberOf(line, from, to));
  }

  /** Whether a symbol can begin so. */
  private static boolean isNamed(byte first) {
    return first == '_' || first == '.' || first == '$' || Character.isLetterOrDigit(first & 0xff);
  }

  private Verdict exit(Line line, int function) {
    TaskState task = matcher.task(prefix.pid, prefix.cpu);
    long event = returnEvent(line, function);
    return take(line, task, EventTexts.Kind.RETURN, function, event);
  }

  private Verdict take(Line line, TaskState task, EventTexts.Kind kind, int function, long event) {
    learn(line, task, kind, function, event);
    boolean isNew =
        matcher.take(
            kind, prefix.timeNs, task, function, event, prefix.context, prefix.tellsContext);
    return isNew ? Verdict.RECORD : Verdict.OTHER;
  }

  private void learn(
      Line line, @Nullable TaskState task, EventTexts.Kind kind, int function, long event) {
    texts.learn(line, prefix, task, kind, function, event);
  }

  @Override
  public LineDecoder decoder() {
    return new EventDecoder(texts);
  }

  @Override
  public int take(Block block, int from, LineCounts counts) {
    return texts.take(block, from, counts);
  }

  @Override
  public void publish() {
    texts.publish();
  }

  /** The event as one bit among those of the function. */
  private long returnEvent(Line line, int function) {
    int event = events.numberOf(line, prefix.eventFrom, prefix.eventTo) + 1;
    returnEvents = withRoomFor(returnEvents, function);
    if (returnEvents[function] == 0) {
      returnEvents[function] = event;
    }
    return 1L << ((event - returnEvents[function]) & (Long.SIZE - 1));
  }

  private Verdict parseEntry(Line line, int from, int close) {
    int plus = line.indexOf("+0x", from);
    if (plus == Line.NONE || plus > close || plus == from) {
      return Verdict.OTHER;
    }
    int end = line.skipHexDigits(plus + 3);
    if (!isWholeSymbol(line, end, close)) {
      return Verdict.DAMAGED;
    }
    return end - plus > 11 || line.hexNumber(plus + 3, end) > ENTRY_OFFSET
        ? Verdict.OTHER
        : entry(line, functions.numberOf(line, from, plus));
  }

  /**
   * Whether nothing but the symbol's size, its module and its address stands behind its offset:
   * anything else may be what is left of a return's arrow, and this no entry.
   */
  private static boolean isWholeSymbol(Line line, int from, int close) {
    int end = from;
    if (line.has("/0x", from)) {
      end = line.skipHexDigits(from + 3);
    }
    int module = line.skipBlanks(end);
    if (line.at(module) == '[') {
      int bracket = line.indexOf(']', module);
      end = bracket == Line.NONE ? end : bracket + 1;
    }
    int address = line.skipBlanks(end);
    if (line.at(address) == '<') {
      int bracket = line.skipHexDigits(address + 1);
      end = bracket > address + 1 && line.at(bracket) == '>' ? bracket + 1 : end;
    }
    return end == close;
  }

  private Verdict entry(Line line, int function) {
    entryEvents = withRoomFor(entryEvents, function);
    if (!isFirstEvent(entryEvents, function, line)) {
      learn(line, null, EventTexts.Kind.IGNORED, function, 0);
      return Verdict.OTHER;
    }
    TaskState task = matcher.task(prefix.pid, prefix.cpu);
    return take(line, task, EventTexts.Kind.ENTRY, function, 0);
  }

  private boolean isFirstEvent(int[] firstEvents, int function, Line line) {
    int event = events.numberOf(line, prefix.eventFrom, prefix.eventTo) + 1;
    if (firstEvents[function] == 0) {
      firstEvents[function] = event;
    }
    return firstEvents[function] == event;
  }

  private static int[] withRoomFor(int[] array, int index) {
    return index < array.length ? array : Arrays.copyOf(array, 2 * index + 16);
  }

  @Override
  public String expected() {
    return "'"
        + prefix.expected()
        + "EVENT: (function+0x0/0x10)' or '... (caller+0x1/0x2 <- function)'";
  }

  @Override
  public boolean isEachAnnounced() {
    return true;
  }

  @Override
  public int highestCpu() {
    return highestCpu;
  }

  @Override
  public NameTable functions() {
    return functions;
  }

  @Override
  public List<String> functionNames() {
    return addresses.isEmpty()
        ? functions.names()
        : addresses.names(
            functions.names(),
            number -> name(entryEvents, number),
            number -> name(returnEvents, number));
  }

  private String name(int[] firstEvents, int function) {
    int event = function < firstEvents.length ? firstEvents[function] : 0;
    return event == 0 ? "" : events.name(event - 1);
  }

  @Override
  public List<String> eventsOf(int function) {
    String entry = name(entryEvents, function);
    String exit = name(returnEvents, function);
    if (entry.isEmpty() || exit.isEmpty() || entry.equals(exit)) {
      String lone = entry.isEmpty() ? exit : entry;
      return lone.isEmpty() ? List.of() : List.of(lone);
    }
    return List.of(entry, exit);
  }

  @Override
  public @Nullable String lacking() {
    return userProbes == 0
        ? null
        : "its probes are in a program, not in the kernel: those have no maxactive, and miss"
            + " nothing for want of it";
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (userProbes > 0) {
      remarks.add(
          "remark: "
              + userProbes
              + " lines of probes in a program were left out: those have no maxactive");
    }
    if (graphLines > 0) {
      remarks.add(
          "warning: "
              + graphLines
              + " lines of function_graph were left out, as probe events came first; to plan from"
              + " those, take only them: grep funcgraph_e");
    }
    List<String> names = functionNames();
    for (int function = 0; function < names.size(); function++) {
      int size = matcher.likelyPool(function);
      if (size > 0) {
        remarks.add(smallPool(names.get(function), function, size));
      }
    }
    if (!addresses.isEmpty() && names.stream().anyMatch(FunctionAddresses::isAddress)) {
      remarks.add(
          "remark: the trace shows functions by address only, and its events are not called"
              + " after them; name events FUNCTION_in and FUNCTION_out to see the names");
    }
    return remarks;
  }

  private String smallPool(String name, int function, int size) {
    return "warning: "
        + name
        + ": "
        + matcher.withoutReturn(function)
        + " calls do not return, and all of them came while "
        + size
        + (size == 1 ? " other was" : " others were")
        + " inside, never more: the trace looks as if taken with too few instances, maxactive "
        + size
        + "; see the last column of kprobe_profile and record again with more";
  }

  /** What is shown by address may turn out to be any function at the end. */
  @Override
  public void only(Predicate<String> isWanted) {
    LineParser.super.only(name -> FunctionAddresses.mayBeOne(Line.of(name)) || isWanted.test(name));
  }

  @Override
  public CallMatcher matcher() {
    return matcher;
  }
}
