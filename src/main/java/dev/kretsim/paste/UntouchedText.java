package dev.kretsim.paste;

import java.nio.charset.StandardCharsets;

/**
 * Tells at little cost that a text is as the kernel wrote it: the header comes first, and then
 * every line is a whole one of function_graph or of probes. So are texts without a header in which
 * every line is one of probes as {@code perf script} prints it. Most traces are, and show it
 * without all the signs of pasting being looked for. What is not told here need not have been
 * pasted.
 */
final class UntouchedText {
  private static final String TITLE = "# tracer: ";

  private static final byte[] IDLE = "idle>".getBytes(StandardCharsets.US_ASCII);

  /** How far a task's name and the flags behind the CPU may reach, as where pasting is told. */
  private static final int LONGEST_TASK = 40;

  private static final int LONGEST_FLAGS = 12;
  private static final int LONGEST_LINE = 1000;

  private static final int NONE = -1;

  /** Bytes that are signs in some place. */
  private static final String SIGNS = "&^`~\\$%@";

  /** What a call ends with. */
  private static final String CALL_ENDS = ";{}/";

  /** Bytes that tell something wherever they stand. */
  private static final String TOLD = "()[<#";

  private static final byte REFUSED = 1;
  private static final byte NOTED = 2;

  /** For each byte of ASCII what it is; of most there are many, and they are passed at once. */
  private static final byte[] MEANINGS = new byte[128];

  static {
    for (int b = 0; b < MEANINGS.length; b++) {
      boolean refused = b < ' ' || b > '~' || SIGNS.indexOf(b) >= 0;
      MEANINGS[b] = refused ? REFUSED : TOLD.indexOf(b) >= 0 ? NOTED : 0;
    }
  }

  private enum Kind {
    /** No line was seen yet. */
    BEGINNING,
    HEADER,
    PERF,
    GRAPH,
    EVENTS
  }

  private final byte[] text;
  private Kind kind = Kind.BEGINNING;
  private int from;
  private int to;

  /** The first bracket of the line. */
  private int bracket;

  /** How many round ones are open. */
  private int opened;

  /** How many are closed behind a number of their own, as behind a CPU. */
  private int numbered;

  /** Whether a number in square brackets follows on another. */
  private boolean another;

  private boolean closed;
  private boolean numberSign;
  private boolean tag;

  private UntouchedText(byte[] text) {
    this.text = text;
  }

  /**
   * Whether a text surely is.
   *
   * @param whole whether no more follows
   */
  static boolean is(byte[] text, int length, boolean whole) {
    return new UntouchedText(text).isWithin(length, whole);
  }

  private boolean isWithin(int length, boolean whole) {
    while (from < length) {
      if (!passLine(length)) {
        return false;
      }
      boolean cut = to == length && !whole;
      if (cut ? tag || maySign() : !isUsual()) {
        return false;
      }
      from = to + 1;
    }
    return kind != Kind.BEGINNING && kind != Kind.HEADER;
  }

  /** Goes on to the end of a line; false if a sign stands before it. */
  private boolean passLine(int length) {
    bracket = NONE;
    opened = 0;
    numbered = 0;
    another = false;
    closed = false;
    numberSign = false;
    tag = false;
    int i = from;
    for (; i < length && text[i] != '\n'; i++) {
      byte b = text[i];
      if (b < 0 || MEANINGS[b] == REFUSED) {
        return false;
      }
      if (MEANINGS[b] == NOTED) {
        note(b, i, length);
      }
    }
    to = i;
    return true;
  }

  private void note(byte b, int at, int length) {
    switch (b) {
      case '(' -> opened++;
      case ')' -> {
        numbered += opened == 0 && at > from && isDigit(text[at - 1]) ? 1 : 0;
        opened -= opened > 0 ? 1 : 0;
        closed = true;
      }
      case '[' -> {
        another |= bracket != NONE && at + 1 < length && isDigit(text[at + 1]);
        bracket = bracket == NONE ? at : bracket;
      }
      case '#' -> numberSign = true;
      default -> tag |= !isTask(at + 1, length);
    }
  }

  /** Whether what could be a tag is the name of a task, or an arrow. */
  private boolean isTask(int at, int length) {
    if (at < length && (text[at] == '-' || text[at] == '.')) {
      return true;
    }
    int same = 0;
    while (same < IDLE.length && at + same < length && text[at + same] == IDLE[same]) {
      same++;
    }
    return same == IDLE.length;
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
    return at(i) == '=' || (kind != Kind.GRAPH && numberSign);
  }

  private boolean isUsual() {
    int first = skipBlanks(from);
    if (kind == Kind.BEGINNING && first < to) {
      kind = begins(TITLE, from) ? Kind.HEADER : Kind.PERF;
    }
    if (at(from) == '#') {
      return kind == Kind.HEADER && bracket == NONE && !closed && !tag;
    }
    if (first == to) {
      return kind != Kind.BEGINNING;
    }
    if (to - from >= LONGEST_LINE) {
      return false;
    }
    if (kind == Kind.HEADER) {
      kind = isDigit(at(first)) || at(first) == '-' ? Kind.GRAPH : Kind.EVENTS;
    }
    return !tag && (kind == Kind.GRAPH ? isGraph(first) : isEvent(first));
  }

  /** {@code TIME | CPU) TASK | DURATION | CALL}, some of these, or what stands at a switch. */
  private boolean isGraph(int first) {
    if (bracket != NONE || numbered > 1) {
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
      i = skipBlanks(bar + 1);
      if (CALL_ENDS.indexOf(at(i)) >= 0) {
        return false;
      }
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
    return CALL_ENDS.indexOf(at(last)) >= 0 && opened == 0;
  }

  /**
   * {@code TASK-PID [CPU] FLAGS TIME: EVENT: (...)} and what follows; perf writes the task its own
   * way.
   */
  private boolean isEvent(int first) {
    int cpuTo = skipDigits(bracket + 1);
    if (bracket == NONE || cpuTo == bracket + 1 || at(cpuTo) != ']' || at(cpuTo + 1) != ' ') {
      return false;
    }
    int taskTo = bracket;
    while (at(taskTo - 1) == ' ' && taskTo > first) {
      taskTo--;
    }
    boolean isTask = kind == Kind.PERF ? isPerfTask(first, taskTo) : isTaskWithPid(first, taskTo);
    if (taskTo == bracket || !isTask) {
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
    int name = kind == Kind.PERF ? skipBlanks(stampTo + 1) : stampTo + 2;
    int nameTo = indexOf(' ', name);
    return dot != NONE
        && stamp < dot
        && stamp - cpuTo - 2 <= LONGEST_FLAGS
        && (decimals == 6 || decimals == 9)
        && begins(": ", stampTo)
        && nameTo > name
        && at(nameTo - 1) == ':'
        && at(nameTo + 1) == '('
        && at(to - 1) != ':'
        && !numberSign
        && !another
        && opened == 0;
  }

  private boolean isTaskWithPid(int first, int end) {
    int pid = end;
    while (isDigit(at(pid - 1)) && pid > first) {
      pid--;
    }
    int dash = pid - 1;
    return pid < end && at(dash) == '-' && dash > first && dash - first - 1 <= LONGEST_TASK;
  }

  /** {@code COMM PID} or {@code COMM PID/TID}, if the name can be nothing else. */
  private boolean isPerfTask(int first, int end) {
    int nameTo = first;
    while (isPlain(at(nameTo))) {
      nameTo++;
    }
    int pid = skipBlanks(nameTo);
    int pidTo = skipDigits(pid);
    int tidTo = at(pidTo) == '/' ? skipDigits(pidTo + 1) : pidTo;
    return nameTo > first
        && !isDigit(at(first))
        && pid > nameTo
        && pidTo > pid
        && tidTo != pidTo + 1
        && tidTo == end;
  }

  private static boolean isPlain(byte b) {
    return isDigit(b) || Character.isLetter(b) || b == '_' || b == '-' || b == '.' || b == '/';
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
}
