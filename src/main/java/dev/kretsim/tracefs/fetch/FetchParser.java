package dev.kretsim.tracefs.fetch;

import dev.kretsim.arch.PtRegs;
import dev.kretsim.probe.Errno;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Reads what stands between an argument's name and its type.
 *
 * <p>What is wrong is found in the kernel's order, and the caret goes where the kernel puts it:
 * that is not always where a reader would look. An operation takes one of 16 places, and what
 * memory at a symbol needs is two.
 *
 * <p><b>Source.</b> {@code parse_probe_arg} of {@code kernel/trace/trace_probe.c}; recordings.
 */
final class FetchParser {
  private static final int MOST_OPERATIONS = 15;
  private static final int DEEPEST = 8;
  private static final List<String> PER_CPU = List.of("this_cpu_read(", "this_cpu_ptr(");

  private final Grammar grammar;
  private final Probed probed;
  private final int word;
  private final PtRegs registers;
  private int offset;
  private int operations;
  private int depth;

  /**
   * @param word of the line, for the caret
   * @param offset where the expression starts in it
   */
  FetchParser(Grammar grammar, Probed probed, int word, int offset) {
    this.grammar = grammar;
    this.probed = probed;
    this.word = word;
    this.offset = offset;
    this.registers = grammar.arch().newRegs();
  }

  /** Reads the whole expression. */
  Fetch parse(String text) {
    return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
      case '$' -> variable(text);
      case '%' -> register(text.substring(1));
      case '@' -> symbolOrAddress(text.substring(1));
      case '+', '-' -> dereference(text);
      case '\\' -> immediate(text.substring(1));
      case '(' -> typecast(text);
      default -> parameter(text);
    };
  }

  /** How many of the 16 places the expression took. */
  boolean hasRoomForOneMore() {
    return operations < MOST_OPERATIONS;
  }

  private Fetch register(String name) {
    int index = registers.indexOf(name);
    if (index < 0) {
      throw refuse(TraceError.BAD_REG_NAME);
    }
    return new Fetch.Register(index);
  }

  private Fetch variable(String text) {
    String name = text.substring(1);
    if (grammar.typecasts() && (name.equals("current") || name.startsWith("current->"))) {
      Fetch current = new Fetch.Current();
      return name.equals("current") ? current : field(current, "task_struct", name.substring(9), 0);
    }
    if (name.startsWith("retval")) {
      return returnValue(text);
    }
    if (name.startsWith("stack")) {
      return stack(name.substring(5));
    }
    if (name.equals("comm") || name.equals("COMM")) {
      return new Fetch.Comm();
    }
    boolean argumentsHere = probed.onEntry() && !probed.onReturn() || grammar.argumentsOnReturn();
    if (name.startsWith("arg") && argumentsHere) {
      return argument(name.substring(3));
    }
    throw refuse(TraceError.BAD_VAR);
  }

  private Fetch returnValue(String text) {
    if (!grammar.parameterNames() && !text.equals("$retval")) {
      throw refuse(TraceError.BAD_VAR);
    }
    if (!probed.onReturn()) {
      throw refuse(TraceError.RETVAL_ON_PROBE);
    }
    if (!grammar.parameterNames()) {
      return new Fetch.ReturnValue();
    }
    return withFields(
        text,
        name -> {
          if (!name.equals("$retval")) {
            throw refuse(TraceError.NO_BTF_ARG, Errno.ENOENT);
          }
          if (returnsNothing()) {
            throw refuse(TraceError.NO_RETVAL, Errno.ENOENT);
          }
          return new Fetch.ReturnValue();
        });
  }

  private boolean returnsNothing() {
    return Prototypes.of(probed.function()).map(Prototypes.Prototype::returnsNothing).orElse(false);
  }

  private Fetch stack(String number) {
    if (number.isEmpty()) {
      return new Fetch.StackPointer();
    }
    OptionalLong n = Numbers.unsigned(number, 10);
    if (n.isEmpty() || !Numbers.isDigit(number.charAt(0))) {
      throw refuse(TraceError.BAD_VAR);
    }
    if (Long.compareUnsigned(n.getAsLong(), Grammar.MOST_STACK_WORDS) > 0) {
      throw refuse(TraceError.BAD_STACK_NUM);
    }
    return new Fetch.StackWord((int) n.getAsLong());
  }

  private Fetch argument(String number) {
    OptionalLong n = Numbers.unsigned(number, 10);
    if (n.isEmpty()) {
      throw refuse(TraceError.BAD_VAR);
    }
    if (n.getAsLong() == 0 || Long.compareUnsigned(n.getAsLong(), Grammar.MOST_STACK_WORDS) > 0) {
      throw refuse(TraceError.BAD_ARG_NUM);
    }
    if (!probed.knowsArguments()) {
      throw refuse(TraceError.NOFENTRY_ARGS);
    }
    return new Fetch.Argument((int) n.getAsLong() - 1);
  }

  private Fetch symbolOrAddress(String text) {
    operations++; // the address, and what is there
    if (!text.isEmpty() && Numbers.isDigit(text.charAt(0))) {
      OptionalLong address = Numbers.unsigned(text, 0);
      if (address.isEmpty()) {
        throw refuse(TraceError.BAD_MEM_ADDR);
      }
      return new Fetch.Memory(new Fetch.Immediate(address.getAsLong()), 0, false);
    }
    if (text.startsWith("+")) {
      throw refuse(TraceError.FILE_ON_KPROBE);
    }
    int sign = Grammar.firstOf(text, '+', '-');
    String symbol = sign < 0 ? text : text.substring(0, sign);
    OptionalLong by = sign < 0 ? OptionalLong.of(0) : Numbers.signed(text.substring(sign));
    if (symbol.isEmpty() || by.isEmpty()) {
      // Nothing looks at it before the event is registered.
      return new Fetch.Memory(new Fetch.SymbolAddress(text, 0), 0, false);
    }
    return new Fetch.Memory(new Fetch.SymbolAddress(symbol, by.getAsLong()), 0, false);
  }

  private Fetch dereference(String text) {
    boolean user = text.startsWith("u", 1);
    String unsigned = user ? text.charAt(0) + text.substring(2) : text;
    boolean negative = unsigned.startsWith("-");
    String rest = negative ? unsigned : unsigned.substring(1);
    int brace = rest.indexOf('(');
    if (brace < 0) {
      throw refuse(TraceError.DEREF_NEED_BRACE);
    }
    OptionalLong by = Numbers.signed(rest.substring(0, brace));
    if (by.isEmpty()) {
      throw refuse(TraceError.BAD_DEREF_OFFS);
    }
    int opened = offset;
    enter();
    offset = opened + brace + 1 + (negative ? 0 : 1); // the letter u is not counted
    Fetch inner = inBraces(rest.substring(brace + 1));
    depth--;
    if (inner instanceof Fetch.Comm || inner instanceof Fetch.Text) {
      throw refuse(TraceError.COMM_CANT_DEREF);
    }
    if (++operations >= MOST_OPERATIONS) {
      throw refuse(TraceError.TOO_MANY_OPS);
    }
    return new Fetch.Memory(inner, by.getAsLong(), user);
  }

  private void enter() {
    if (grammar.explainsLimits() && ++depth > DEEPEST) {
      throw refuse(TraceError.TOO_MANY_NESTED, Errno.E2BIG);
    }
  }

  /** What stands before the last closing brace; nothing may follow it. */
  private Fetch inBraces(String text) {
    int close = text.lastIndexOf(')');
    if (close < 0 || close < text.length() - 1) {
      offset += text.length();
      throw refuse(TraceError.DEREF_OPEN_BRACE);
    }
    int inside = offset;
    Fetch inner = parse(text.substring(0, close));
    offset = inside;
    return inner;
  }

  private Fetch immediate(String text) {
    if (text.startsWith("\"")) {
      int close = text.indexOf('"', 1);
      if (close < 0 || close < text.length() - 1) {
        offset += 1 + text.length();
        throw refuse(TraceError.IMMSTR_NO_CLOSE);
      }
      return new Fetch.Text(text.substring(1, close));
    }
    OptionalLong value = text.startsWith("-") ? Numbers.signed(text) : Numbers.unsigned(text, 0);
    if (value.isEmpty()) {
      offset++;
      throw refuse(TraceError.BAD_IMM);
    }
    return new Fetch.Immediate(value.getAsLong());
  }

  private Fetch typecast(String text) {
    int close = text.indexOf(')');
    if (!grammar.typecasts() || close < 0) {
      throw refuse(TraceError.BAD_FETCH_ARG);
    }
    enter();
    String[] types = text.substring(1, close).split(",", 2);
    if (!Prototypes.knowsStructure(types[0])) {
      offset++;
      throw refuse(TraceError.NO_PTR_STRCT);
    }
    if (types.length > 1 && !Prototypes.hasField(types[0], types[1])) {
      offset += 1 + types[0].length() + 1;
      throw refuse(TraceError.NO_BTF_FIELD, Errno.ENOENT);
    }
    String casted = text.substring(close + 1);
    int arrow = casted.indexOf("->");
    if (arrow < 0) {
      offset += text.length();
      throw refuse(TraceError.TYPECAST_NEEDS_FIELD);
    }
    int before = offset;
    offset += close + 1;
    Fetch of = parse(casted.substring(0, arrow));
    offset = before;
    depth--;
    return field(of, types[0], casted.substring(arrow + 2), close + 1 + arrow + 2);
  }

  private Fetch field(Fetch of, String structure, String path, int ahead) {
    String first = path.split("->|\\.", 2)[0];
    if (!Prototypes.hasField(structure, first)) {
      offset += ahead;
      throw refuse(TraceError.NO_BTF_FIELD, Errno.ENOENT);
    }
    return new Fetch.Field(of, path);
  }

  private Fetch parameter(String text) {
    boolean name = text.matches("[A-Za-z_].*");
    if (!name || !grammar.parameterNames()) {
      throw refuse(TraceError.BAD_FETCH_ARG);
    }
    if (grammar.typecasts()) {
      for (String function : PER_CPU) {
        if (text.startsWith(function)) {
          enter();
          offset += function.length();
          Fetch of = inBraces(text.substring(function.length()));
          depth--;
          operations++;
          return new Fetch.PerCpu(of, function.equals(PER_CPU.get(0)));
        }
      }
    }
    if (!probed.knowsArguments()) {
      throw refuse(TraceError.NOSUP_BTFARG);
    }
    return withFields(text, this::named);
  }

  private Fetch named(String parameter) {
    Optional<Prototypes.Prototype> known = Prototypes.of(probed.function());
    int n =
        known
            .map(prototype -> prototype.parameters().indexOf(parameter))
            .orElse(parameter.matches(Grammar.NAME) ? 0 : -1);
    if (n < 0) {
      throw refuse(TraceError.NO_BTF_ARG, Errno.ENOENT);
    }
    return new Fetch.Argument(n);
  }

  /** A variable, or {@code variable->field.field}: first the arrow, which alone reaches fields. */
  private Fetch withFields(String text, Function<String, Fetch> variables) {
    int end = Grammar.firstOf(text, '.', '-');
    if (end < 0) {
      return variables.apply(text);
    }
    int before = offset;
    if (text.charAt(end) == '.') {
      offset += end + 1;
      throw refuse(TraceError.NOSUP_DAT_ARG, Errno.EOPNOTSUPP);
    }
    requireArrow(text, end);
    Fetch variable = variables.apply(text.substring(0, end));
    offset += end + 2;
    requireFields(text.substring(end + 2));
    offset = before;
    return new Fetch.Field(variable, text.substring(end + 2));
  }

  private void requireArrow(String text, int hyphen) {
    if (!text.startsWith("->", hyphen)) {
      offset += hyphen;
      throw refuse(TraceError.BAD_HYPHEN);
    }
  }

  /** Which fields there are is not known here; but each must have a name. */
  private void requireFields(String path) {
    String rest = path;
    while (true) {
      int end = Grammar.firstOf(rest, '.', '-');
      boolean arrow = end >= 0 && rest.charAt(end) == '-';
      if (arrow) {
        requireArrow(rest, end);
      }
      if (!rest.substring(0, end < 0 ? rest.length() : end).matches(Grammar.NAME)) {
        throw refuse(TraceError.NO_BTF_FIELD, Errno.ENOENT);
      }
      if (end < 0) {
        return;
      }
      int next = end + (arrow ? 2 : 1);
      offset += next;
      rest = rest.substring(next);
    }
  }

  private RefusedLineException refuse(TraceError error) {
    return refuse(error, Errno.EINVAL);
  }

  private RefusedLineException refuse(TraceError error, Errno errno) {
    return RefusedLineException.at(word, offset, error, errno);
  }
}
