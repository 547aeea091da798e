package dev.kretsim.tracefs.fetch;

import dev.kretsim.probe.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arguments of an event: {@code [NAME=]FETCH[:TYPE[[COUNT]]]}.
 *
 * <p><b>Source.</b> {@code traceprobe_parse_probe_arg} of {@code kernel/trace/trace_probe.c};
 * recordings. The shapes of types follow {@code FetchType}.
 */
public final class ArgumentParser {
  /** {@code MAX_ARG_NAME_LEN}. */
  private static final int LONGEST_NAME = 32;

  /** {@code MAX_ARGSTR_LEN}. */
  private static final int LONGEST_BODY = 63;

  private static final int MOST_ELEMENTS = 64;
  private static final int FIRST_WORD = 2;

  /** Fields that every event has. */
  private static final Set<String> RESERVED =
      Set.of(
          "common_type",
          "common_flags",
          "common_preempt_count",
          "common_pid",
          "common_tgid",
          "__probe_ip",
          "__probe_ret_ip",
          "__probe_func");

  private final Grammar grammar;
  private final Probed probed;
  private final List<Argument> arguments = new ArrayList<>();

  private ArgumentParser(Grammar grammar, Probed probed) {
    this.grammar = grammar;
    this.probed = probed;
  }

  /**
   * Reads all arguments of a line.
   *
   * @param written words of the line, from the third on
   * @throws RefusedLineException as the kernel refuses the first bad one
   */
  public static List<Argument> parse(List<String> written, Grammar grammar, Probed probed) {
    List<String> words = ArgumentWords.expanded(written, grammar, probed);
    if (words.size() > Grammar.MOST_ARGUMENTS && grammar.limitsArguments()) {
      throw grammar.explainsLimits()
          ? RefusedLineException.at(FIRST_WORD, 0, TraceError.TOO_MANY_ARGS, Errno.E2BIG)
          : RefusedLineException.silently(Errno.E2BIG);
    }
    ArgumentParser parser = new ArgumentParser(grammar, probed);
    for (int i = 0; i < words.size() && i < Grammar.MOST_ARGUMENTS; i++) {
      parser.add(words.get(i), FIRST_WORD + i);
    }
    return parser.arguments;
  }

  private void add(String text, int word) {
    if (text.equals(ArgumentWords.ALL)
        && grammar.parameterNames()
        && Prototypes.of(probed.function()).isEmpty()) {
      arguments.add(Argument.unknownParameters());
      return;
    }
    int equals = text.indexOf('=');
    String body = text.substring(equals + 1);
    String name = equals < 0 ? nameOf(body) : text.substring(0, equals);
    if (equals > LONGEST_NAME) {
      throw refuse(word, 0, TraceError.ARG_NAME_TOO_LONG);
    }
    if (equals == 0) {
      throw refuse(word, 0, TraceError.NO_ARG_NAME);
    }
    add(name, body, word, equals + 1);
  }

  /** A parameter lends the argument its name; others are numbered. */
  private String nameOf(String body) {
    int colon = body.indexOf(':');
    String expression = colon < 0 ? body : body.substring(0, colon);
    boolean parameter = grammar.parameterNames() && expression.matches(Grammar.NAME);
    return parameter ? expression : "arg" + (arguments.size() + 1);
  }

  private void add(String name, String body, int word, int offset) {
    if (!name.matches(Grammar.NAME)) {
      throw refuse(word, 0, TraceError.BAD_ARG_NAME);
    }
    if (RESERVED.contains(name) || arguments.stream().anyMatch(one -> one.name().equals(name))) {
      throw refuse(word, 0, TraceError.USED_ARG_NAME);
    }
    if (body.length() > LONGEST_BODY) {
      throw RefusedLineException.at(word, offset, TraceError.ARG_TOO_LONG, Errno.E2BIG);
    }
    if (body.isEmpty()) {
      throw refuse(word, offset, TraceError.NO_ARG_BODY);
    }
    arguments.add(new BodyReader(body, word, offset).read(name));
  }

  private static RefusedLineException refuse(int word, int offset, TraceError error) {
    return RefusedLineException.at(word, offset, error, Errno.EINVAL);
  }

  /** Reads one body: expression, type, array. */
  private final class BodyReader {
    private final String body;
    private final int word;
    private final int offset;
    private final String expression;
    private final @Nullable String typeName;
    private final int typeAt;
    private final int count;

    BodyReader(String body, int word, int offset) {
      this.body = body;
      this.word = word;
      this.offset = offset;
      int quoted = body.startsWith("\\\"") ? Math.max(0, body.lastIndexOf('"')) : 0;
      int colon = body.indexOf(':', quoted);
      expression = colon < 0 ? body : body.substring(0, colon);
      typeAt = colon < 0 ? 0 : colon + 1;
      int bracket = colon < 0 ? -1 : body.indexOf('[', colon);
      typeName = colon < 0 ? null : body.substring(typeAt, bracket < 0 ? body.length() : bracket);
      count = bracket < 0 ? 0 : countAt(bracket + 1);
    }

    private int countAt(int start) {
      int close = body.indexOf(']', start);
      if (close < 0) {
        throw refuse(body.length(), TraceError.ARRAY_NO_CLOSE);
      }
      if (close < body.length() - 1) {
        throw refuse(close + 1, TraceError.BAD_ARRAY_SUFFIX);
      }
      OptionalLong elements = Numbers.unsigned(body.substring(start, close), 0);
      // The kernel reads it as 32 bits.
      if (elements.isEmpty() || elements.getAsLong() == 0 || elements.getAsLong() >>> 32 != 0) {
        throw refuse(start, TraceError.BAD_ARRAY_NUM);
      }
      if (elements.getAsLong() > MOST_ELEMENTS) {
        throw refuse(start, TraceError.ARRAY_TOO_BIG);
      }
      return (int) elements.getAsLong();
    }

    Argument read(String name) {
      boolean isText =
          expression.equals("$comm") || expression.equals("$COMM") || expression.startsWith("\\\"");
      FetchType type = isText ? textType() : typeOf();
      FetchParser parser = new FetchParser(grammar, probed, word, offset);
      Fetch fetch = parser.parse(expression);
      if (typeName == null && fetch instanceof Fetch.ReturnValue && grammar.parameterNames()) {
        type = returnType().orElse(type);
      }
      if (type.isTextInMemory()
          && fetch instanceof Fetch.Argument
          && expression.matches(Grammar.NAME)) {
        fetch = pointedTo(fetch, type);
      }
      requireMatch(fetch, type, parser);
      if (typeName != null && typeName.startsWith("b")) {
        type = type.narrowed(typeName).orElseThrow(() -> refuse(typeAt, TraceError.BAD_BITFIELD));
      }
      boolean user = fetch instanceof Fetch.Memory memory && memory.user();
      if (count > 0 && !type.isTextInMemory() && (!fetch.isMemory() || user || type.isText())) {
        throw refuse(typeAt, TraceError.BAD_STRING);
      }
      return new Argument(name, body, fetch, type, count);
    }

    /** The text that a parameter points to; what is not known to point elsewhere may. */
    private Fetch pointedTo(Fetch parameter, FetchType type) {
      boolean elsewhere =
          Prototypes.of(probed.function())
              .map(known -> !known.texts().contains(expression))
              .orElse(false);
      if (elsewhere) {
        throw refuse(0, TraceError.BAD_TYPE4STR);
      }
      return new Fetch.Memory(parameter, 0, type.name().equals("ustring"));
    }

    /** As the function declares it, where that is known. */
    private Optional<FetchType> returnType() {
      return Prototypes.of(probed.function())
          .flatMap(known -> FetchType.of(known.returns(), grammar));
    }

    private FetchType textType() {
      if (count > 0 || typeName != null && !typeName.equals("string")) {
        throw grammar.strictTypeOfComm()
            ? refuse(typeAt, TraceError.NEED_STRING_TYPE)
            : RefusedLineException.silently(Errno.EINVAL);
      }
      return FetchType.STRING;
    }

    private FetchType typeOf() {
      Optional<FetchType> type =
          typeName == null ? Optional.of(FetchType.DEFAULT) : FetchType.of(typeName, grammar);
      return type.orElseThrow(() -> refuse(typeAt, TraceError.BAD_TYPE));
    }

    private void requireMatch(Fetch fetch, FetchType type, FetchParser parser) {
      boolean kept = fetch instanceof Fetch.Comm || fetch instanceof Fetch.Text;
      if (type.name().equals("symstr")) {
        boolean keptFromEntry = fetch instanceof Fetch.Argument && probed.onReturn();
        boolean user = fetch instanceof Fetch.Memory memory && memory.user();
        boolean fixed = fetch instanceof Fetch.Immediate || fetch instanceof Fetch.StackPointer;
        if (fixed || kept || keptFromEntry || user) {
          throw refuse(typeAt, TraceError.BAD_SYMSTRING);
        }
      } else if (type.isText()
          && !fetch.isMemory()
          && !kept
          && !(fetch instanceof Fetch.Immediate)) {
        throw refuse(typeAt, TraceError.BAD_STRING);
      }
      boolean storesApart = !fetch.isMemory() || count > 0 && type.isText();
      if (storesApart && !parser.hasRoomForOneMore()) {
        throw refuse(typeAt, TraceError.TOO_MANY_OPS);
      }
    }

    private RefusedLineException refuse(int at, TraceError error) {
      return ArgumentParser.refuse(word, offset + at, error);
    }
  }
}
