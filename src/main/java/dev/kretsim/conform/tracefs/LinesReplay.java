package dev.kretsim.conform.tracefs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kretsim.conform.driver.KernelSymbols;
import dev.kretsim.conform.recording.Comparison.Difference;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.probe.Errno;
import dev.kretsim.tracefs.event.KnownSymbols;
import dev.kretsim.tracefs.event.KnownSymbols.Known;
import dev.kretsim.tracefs.event.ProbeEvents;
import dev.kretsim.tracefs.event.TrialKernel;
import dev.kretsim.tracefs.event.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes recorded lines to {@code kprobe_events} and compares all that came of each. */
public final class LinesReplay {
  private static final Pattern TOGGLE = Pattern.compile("(ENABLE|DISABLE) (\\w+)/(\\w+)");
  private static final Pattern ERROR =
      Pattern.compile("trace_kprobe: error: (.*)\\n  Command: (.*)\\n( *)\\^");
  private static final int BEFORE_COMMAND = "  Command: ".length();

  /** A place so far behind its function that another build has something else there. */
  private static final Pattern FAR_AWAY = Pattern.compile(".*\\+\\d{4,}.*");

  private final MachineSpec machine;
  private final KnownSymbols symbols;

  /** Replays what was written on that machine. */
  public LinesReplay(MachineSpec machine) {
    this.machine = machine;
    this.symbols = symbols(machine);
  }

  private static KnownSymbols symbols(MachineSpec machine) {
    Set<Symbol.Trait> traceable = Set.of(Symbol.Trait.TRACEABLE);
    KnownSymbols symbols = KnownSymbols.builtIn();
    KernelSymbols.kinds(machine.version(), machine.arch())
        .forEach(
            (name, kind) -> {
              switch (kind) {
                case "b" -> symbols.with(name, new Known(Set.of(Symbol.Trait.NOPROBE), null, 1));
                case "d" -> symbols.with(name, new Known(Set.of(Symbol.Trait.DATA), null, 1));
                case "-" -> symbols.without(name);
                default -> {} // what it is to tracefs was not noted there
              }
            });
    return symbols
        .with("kro_t_quick", new Known(traceable, "kro", 1))
        .with("kro_n_quick", new Known(Set.of(), "kro", 1));
  }

  /**
   * What differs in one attempt.
   *
   * @param entry its lines, and the files they were written to
   * @param observed what that kernel made of them
   */
  public List<Difference> differences(JsonNode entry, JsonNode observed) {
    List<String> lines = new ArrayList<>();
    entry.path("lines").forEach(line -> lines.add(line.asText()));
    TrialKernel kernel = new TrialKernel(machine, symbols, lines);
    List<Difference> differences = new ArrayList<>();
    List<Written> refused = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      boolean operation = entry.path("files").path(i).asText().equals("op");
      Errno errno = operation ? operate(lines.get(i), kernel.events()) : null;
      if (!operation) {
        Written written = kernel.events().write(lines.get(i));
        errno = written.errno();
        if (written.error() != null) {
          refused.add(written);
        }
      }
      String actual = errno == null ? "OK" : errno.name();
      String expected = observed.path("result").path(i).asText();
      boolean elsewhere = FAR_AWAY.matcher(lines.get(i)).matches() && !expected.equals("OK");
      if (elsewhere && errno != null) {
        continue;
      }
      if (!expected.equals(actual)) {
        add("result " + i, expected, actual, differences);
      }
      int number = errno == null ? 0 : errno.number();
      JsonNode recorded = observed.path("errno").path(i);
      if (!recorded.isMissingNode() && recorded.asInt(-1) != number) {
        add("errno " + i, recorded.asText(), String.valueOf(number), differences);
      }
    }
    if (!FAR_AWAY.matcher(String.join(" ", lines)).matches()) {
      compareErrors(observed.path("error_log").asText(), refused, differences);
    }
    String listing = observed.path("kprobe_events_after").asText();
    if (!listing.equals(kernel.events().listing())) {
      add("kprobe_events_after", listing, kernel.events().listing(), differences);
    }
    return differences;
  }

  /** Whether an attempt concerns kprobes: others are fprobes', tracepoints' and event probes'. */
  public static boolean concernsKprobes(JsonNode entry) {
    for (JsonNode line : entry.path("lines")) {
      if (line.asText().strip().matches("[fte]\\S*:.*")
          && entry.path("files").toString().contains("dynamic_events")) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Errno operate(String line, ProbeEvents events) {
    Matcher toggle = TOGGLE.matcher(line);
    if (toggle.matches()) {
      return events.enable(toggle.group(2), toggle.group(3), toggle.group(1).equals("ENABLE"));
    }
    return events.truncate();
  }

  private static void compareErrors(
      String log, List<Written> refused, List<Difference> differences) {
    Matcher error = ERROR.matcher(log);
    int seen = 0;
    while (error.find()) {
      Written written = seen < refused.size() ? refused.get(seen) : null;
      String known = written == null || written.error() == null ? "" : written.error().text();
      // Of errors that no visible recording shows, the words are not known.
      String expected =
          describe(
              known == null ? "" : error.group(1),
              error.group(2),
              error.group(3).length() - BEFORE_COMMAND);
      String actual =
          written == null
              ? ""
              : describe(known == null ? "" : known, written.command(), written.caret());
      if (!expected.equals(actual)) {
        add("error_log " + seen, expected, actual, differences);
      }
      seen++;
    }
    if (seen != refused.size()) {
      differences.add(
          new Difference(
              "errors in error_log",
              JsonNodeFactory.instance.numberNode(seen),
              JsonNodeFactory.instance.numberNode(refused.size())));
    }
  }

  private static String describe(String text, String command, int caret) {
    return caret + " " + text + ": " + command;
  }

  private static void add(
      String field, String expected, String actual, List<Difference> differences) {
    differences.add(new Difference(field, TextNode.valueOf(expected), TextNode.valueOf(actual)));
  }
}
