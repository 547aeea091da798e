package dev.kretsim.tracefs.line;

import dev.kretsim.probe.Errno;
import dev.kretsim.tracefs.ReturnProbeLine;
import dev.kretsim.tracefs.fetch.Argument;
import dev.kretsim.tracefs.fetch.ArgumentParser;
import dev.kretsim.tracefs.fetch.Grammar;
import dev.kretsim.tracefs.fetch.Numbers;
import dev.kretsim.tracefs.fetch.Probed;
import dev.kretsim.tracefs.fetch.RefusedLineException;
import dev.kretsim.tracefs.fetch.TraceError;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line that defines a probe, and finds what is wrong with it in the kernel's order.
 *
 * <p><b>Source.</b> {@code trace_kprobe_create} of {@code kernel/trace/trace_kprobe.c}; recordings.
 */
public final class LineReader {
  private static final String DEFAULT_GROUP = "kprobes";
  private static final String RETURN_SUFFIX = "%return";
  private static final long LARGEST_OFFSET = 0xffff_ffffL;
  private static final int LONGEST_NUMBER = 63;

  private final Grammar grammar;
  private final Functions functions;

  public LineReader(Grammar grammar, Functions functions) {
    this.grammar = grammar;
    this.functions = functions;
  }

  /** The words of a line, which blanks separate. */
  public static List<String> words(String line) {
    String trimmed = line.strip();
    return trimmed.isEmpty() ? List.of() : List.of(trimmed.split("\\s+"));
  }

  /**
   * Reads a line that deletes.
   *
   * @throws RefusedLineException if it is none
   */
  public Deletion deletion(List<String> words) {
    return Deletion.of(words, grammar.namesEventsOfGroup());
  }

  /**
   * Reads a line that defines a probe.
   *
   * @throws RefusedLineException as the kernel refuses it
   */
  public ProbeLine definition(List<String> words) {
    String head = words.get(0);
    char kind = head.charAt(0);
    if (kind != 'p' && kind != 'r' || words.size() < 2) {
      throw RefusedLineException.silently(Errno.EINVAL); // another kind's, or nobody's
    }
    int colon = head.indexOf(':', 1);
    int maxactive = maxactive(head, colon, kind == 'r');
    Place place = place(words.get(1), kind == 'r');
    EventName name =
        EventName.read(colon < 0 ? null : head.substring(colon + 1), colon + 1, grammar);
    List<Argument> arguments =
        ArgumentParser.parse(words.subList(2, words.size()), grammar, place.probed());
    return new ProbeLine(
        place.onReturn(),
        place.onReturn() ? maxactive : 0,
        name.group() == null ? DEFAULT_GROUP : name.group(),
        name.event() == null ? EventName.automatic(place) : name.event(),
        place.location(),
        arguments);
  }

  private static int maxactive(String head, int colon, boolean returnProbe) {
    if (head.length() < 2 || !Numbers.isDigit(head.charAt(1))) {
      return 0;
    }
    if (!returnProbe) {
      throw RefusedLineException.at(0, 1, TraceError.BAD_MAXACT_TYPE, Errno.EINVAL);
    }
    String number = head.substring(1, colon < 0 ? head.length() : colon);
    OptionalLong wanted = Numbers.unsigned(number, 0);
    if (number.length() > LONGEST_NUMBER
        || wanted.isEmpty()
        || wanted.getAsLong() <= 0
        || wanted.getAsLong() > LARGEST_OFFSET) {
      throw RefusedLineException.at(0, 1, TraceError.BAD_MAXACT, Errno.EINVAL);
    }
    if (wanted.getAsLong() > Integer.MAX_VALUE) {
      return 0; // negative to the kernel, and so the default
    }
    if (wanted.getAsLong() > ReturnProbeLine.MOST_INSTANCES) {
      throw RefusedLineException.at(0, 1, TraceError.MAXACT_TOO_BIG, Errno.EINVAL);
    }
    return (int) wanted.getAsLong();
  }

  /** A location, and which kind of probe it makes the line's. */
  private record Place(Location location, boolean onReturn, boolean onEntry) {
    /** Of a bare address the kernel does not see whether a function enters or returns there. */
    Probed probed() {
      return new Probed(location.symbol(), onReturn && location.symbol() != null, onEntry);
    }
  }

  private Place place(String word, boolean returnProbe) {
    OptionalLong address = Numbers.unsigned(word, 0);
    if (address.isPresent()) {
      return new Place(Location.at(address.getAsLong()), returnProbe, false);
    }
    if (word.contains("/") && word.contains(":")) {
      throw RefusedLineException.silently(Errno.EINVAL); // a uprobe's
    }
    String symbolic = word;
    boolean onReturn = returnProbe;
    int percent = word.indexOf('%');
    if (percent >= 0) {
      if (!word.substring(percent).equals(RETURN_SUFFIX)) {
        throw RefusedLineException.at(1, percent, TraceError.BAD_ADDR_SUFFIX, Errno.EINVAL);
      }
      symbolic = word.substring(0, percent);
      onReturn = true;
    }
    Location location = split(symbolic);
    boolean loaded = requireSymbol(location);
    boolean entry =
        loaded && functions.isEntry(String.valueOf(location.symbol()), location.offset());
    if (onReturn && loaded && !entry) {
      throw RefusedLineException.at(1, 0, TraceError.BAD_RETPROBE, Errno.EINVAL);
    }
    return new Place(location, onReturn, entry);
  }

  private static Location split(String text) {
    int sign = Grammar.firstOf(text, '+', '-');
    OptionalLong offset = sign < 0 ? OptionalLong.of(0) : Numbers.signed(text.substring(sign));
    if (offset.isEmpty() || offset.getAsLong() < 0 || offset.getAsLong() > LARGEST_OFFSET) {
      throw RefusedLineException.at(1, 0, TraceError.BAD_PROBE_ADDR, Errno.EINVAL);
    }
    String name = sign < 0 ? text : text.substring(0, sign);
    int colon = name.indexOf(':');
    return new Location(
        colon < 0 ? null : name.substring(0, colon),
        name.substring(colon + 1),
        offset.getAsLong(),
        0);
  }

  /** Whether it is there now; of a module that is not loaded nothing is asked yet. */
  private boolean requireSymbol(Location location) {
    String module = location.module();
    String symbol = String.valueOf(location.symbol());
    if (module != null && !functions.isLoaded(module)) {
      return false;
    }
    int count = functions.count(module, symbol);
    if (count == 0) {
      throw RefusedLineException.at(1, 0, TraceError.BAD_PROBE_ADDR, grammar.unknownSymbol());
    }
    if (count > 1) {
      throw RefusedLineException.at(1, 0, TraceError.NON_UNIQ_SYMBOL, grammar.ambiguousSymbol());
    }
    return true;
  }

  /** A group and an event, as far as they are named. */
  private record EventName(@Nullable String group, @Nullable String event) {
    /** {@code MAX_EVENT_NAME_LEN} without its terminator. */
    private static final int LONGEST = 63;

    static EventName read(@Nullable String text, int offset, Grammar grammar) {
      if (text == null) {
        return new EventName(null, null);
      }
      int slash = text.indexOf('/');
      if (slash < 0 && grammar.namesEventsOfGroup()) {
        slash = text.indexOf('.');
      }
      String group = null;
      if (slash >= 0) {
        group = text.substring(0, slash);
        require(!group.isEmpty(), offset, TraceError.NO_GROUP_NAME);
        require(group.length() <= LONGEST, offset, TraceError.GROUP_TOO_LONG);
        String good = grammar.namesEventsOfGroup() ? "[A-Za-z_][A-Za-z0-9_-]*" : Grammar.NAME;
        require(group.matches(good), offset, TraceError.BAD_GROUP_NAME);
      }
      String event = text.substring(slash + 1);
      int at = offset + slash + 1;
      if (event.isEmpty() && group != null && grammar.namesEventsOfGroup()) {
        return new EventName(group, null);
      }
      require(!event.isEmpty(), at, TraceError.NO_EVENT_NAME);
      require(event.length() <= LONGEST, at, TraceError.EVENT_TOO_LONG);
      require(event.matches(Grammar.NAME), at, TraceError.BAD_EVENT_NAME);
      return new EventName(group, event);
    }

    private static void require(boolean right, int at, TraceError otherwise) {
      if (!right) {
        throw RefusedLineException.at(0, at, otherwise, Errno.EINVAL);
      }
    }

    /** The name of an event that was given none. */
    static String automatic(Place place) {
      Location location = place.location();
      String symbol = location.fullSymbol();
      String kind = place.onReturn() ? "r" : "p";
      String name =
          symbol == null
              ? kind + "_0x" + Long.toHexString(location.address())
              : kind + "_" + symbol + "_" + location.offset();
      String cut = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
      return cut.replaceAll("[^A-Za-z0-9_]", "_");
    }
  }
}
