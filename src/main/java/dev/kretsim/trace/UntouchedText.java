package dev.kretsim.trace;

import java.nio.charset.StandardCharsets;

/**
 * Tells at little cost that a text is as the kernel wrote it: the header comes first, and then
 * every line is a whole one of function_graph or of probes. Most traces are, and show it without
 * all the signs of pasting being looked for. What is not told here need not have been pasted.
 */
final class UntouchedText {
  private static final byte[] TITLE = "# tracer: ".getBytes(StandardCharsets.US_ASCII);

  /** How far a task's name and the flags behind the CPU may reach, as where pasting is told. */
  private static final int LONGEST_TASK = 40;

  private static final int LONGEST_FLAGS = 12;
  private static final int LONGEST_LINE = 1000;

  private static final int NONE = -1;

  /** Bytes that are signs in some place. */
  private static final String SIGNS = "&^`~\\$%@";

  private enum Kind {
    HEADER,
    GRAPH,
    EVENTS
  }

  private final byte[] text;
  private Kind kind = Kind.HEADER;
  private int from;
  private int to;

  private UntouchedText(byte[] text) {
    this.text = text;
  }

  /**
   * Whether a text surely is.
   *
   * @param whole whether no more follows
   */
  static boolean is(byte[] text, int length, boolean whole) {
    for (int i = 0; i < TITLE.length; i++) {
      if (i >= length || text[i] != TITLE[i]) {
        return false;
      }
    }
    return new UntouchedText(text).isWithin(length, whole);
  }

  private boolean isWithin(int length, boolean whole) {
    while (from < length) {
      to = from;
      while (to < length && text[to] != '\n') {
        if (text[to] < ' ' || text[to] > '~' || SIGNS.indexOf(text[to]) >= 0) {
          return false;
        }
        to++;
      }
      boolean cut = to == length && !whole;
      if (cut ? maySign() : !isUsual()) {
        return false;
      }
      from = to + 1;
    }
    return kind != Kind.HEADER;
  }

  /** Whether what is seen of a line may go on from the one before. */
  private boolean maySign() {
    int i = skipBlanks(from);
    if (i == to || at(i) == '/') {
      return i < to;
    }
    while (isDigit(at(i)) || Character.isLetter(at(i)) || at(i) == '_') {
      i++;
    }
    return at(i) == '=' || (kind != Kind.GRAPH && has('#', from));
  }

  private boolean isUsual() {
    if (at(from) == '#') {
      return kind == Kind.HEADER && !has('[', from) && !has(')', from) && !has('<', from);
    }
    int first = skipBlanks(from);
    if (first == to) {
      return true;
    }
    if (to - from >= LONGEST_LINE) {
      return false;
    }
    if (kind == Kind.HEADER) {
      kind = isDigit(at(first)) || at(first) == '-' ? Kind.GRAPH : Kind.EVENTS;
    }
    return areTagsTasks() && (kind == Kind.GRAPH ? isGraph(first) : isEvent(first));
  }

  /** Whether what could begin a tag begins a task's name or an arrow. */
  private boolean areTagsTasks() {
    for (int i = from; i < to; i++) {
      if (at(i) == '<' && at(i + 1) != '-' && at(i + 1) != '.' && !begins("idle>", i + 1)) {
        return false;
      }
    }
    return true;
  }

  /** {@code TIME | CPU) TASK | DURATION | CALL}, some of these, or what stands at a switch. */
  private boolean isGraph(int first) {
    if (has('[', from)) {
      return false;
    }
    if (begins("-----", first)) {
      return true;
    }
    int number = skipDigits(first);
    int i = number;
    if (at(i) == '.') {
      int bar = skipBlanks(skipDigits(i + 1));
      if (bar == skipDigits(i + 1) || at(bar) != '|') {
        return false;
      }
      i = bar + 1;
    } else if (at(i) != ')' || at(i + 1) != ' ') {
      return false;
    }
    if (number == first) {
      return false;
    }
    if (!has('|', i)) {
      return begins(" =>  ", indexOf('=', i) - 1);
    }
    int last = to - 1;
    while (at(last) == ' ') {
      last--;
    }
    return ";{}/".indexOf(at(last)) >= 0 && opened() == 0;
  }

  /** {@code TASK-PID [CPU] FLAGS TIME: EVENT: (...)} and what follows. */
  private boolean isEvent(int first) {
    int bracket = indexOf('[', first);
    int cpuTo = skipDigits(bracket + 1);
    if (bracket == NONE || cpuTo == bracket + 1 || at(cpuTo) != ']' || at(cpuTo + 1) != ' ') {
      return false;
    }
    int pidTo = bracket;
    while (at(pidTo - 1) == ' ' && pidTo > first) {
      pidTo--;
    }
    int dash = pidTo;
    while (isDigit(at(dash - 1)) && dash > first) {
      dash--;
    }
    dash--;
    if (pidTo == bracket || dash + 1 == pidTo || at(dash) != '-') {
      return false;
    }
    int dot = indexOf('.', cpuTo);
    while (dot != NONE && !isDigit(at(dot + 1))) {
      dot = indexOf('.', dot + 1);
    }
    int stamp = dot;
    while (stamp > cpuTo && isDigit(at(stamp - 1))) {
      stamp--;
    }
    int stampTo = skipDigits(dot + 1);
    int decimals = stampTo - dot - 1;
    int name = stampTo + 2;
    int nameTo = indexOf(' ', name);
    return dash > first
        && dash - first - 1 <= LONGEST_TASK
        && dot != NONE
        && stamp < dot
        && stamp - cpuTo - 2 <= LONGEST_FLAGS
        && (decimals == 6 || decimals == 9)
        && begins(": ", stampTo)
        && nameTo > name
        && at(nameTo - 1) == ':'
        && at(nameTo + 1) == '('
        && at(to - 1) != ':'
        && !has('#', first)
        && opened() == 0;
  }

  private byte at(int position) {
    return position >= from && position < to ? text[position] : 0;
  }

  private boolean has(char wanted, int position) {
    return indexOf(wanted, position) != NONE;
  }

  private int indexOf(char wanted, int position) {
    for (int i = position; i < to; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return NONE;
  }

  private boolean begins(String wanted, int position) {
    for (int i = 0; i < wanted.length(); i++) {
      if (at(position + i) != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int skipBlanks(int position) {
    int i = position;
    while (at(i) == ' ') {
      i++;
    }
    return i;
  }

  private int skipDigits(int position) {
    int i = position;
    while (isDigit(at(i))) {
      i++;
    }
    return i;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** How many brackets are open at the end. */
  private int opened() {
    int opened = 0;
    for (int i = from; i < to; i++) {
      opened += at(i) == '(' ? 1 : at(i) == ')' && opened > 0 ? -1 : 0;
    }
    return opened;
  }
}
