package dev.kretsim.tracefs.event;

import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.memory.PlainMemory;
import dev.kretsim.probe.registry.Kprobes;
import dev.kretsim.tracefs.fetch.Numbers;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A kernel to try lines on: it has those of the known functions that the lines name, with an entry
 * as their compiler makes it and nothing behind, as their code is not known.
 */
public final class TrialKernel {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");
  private static final Pattern PLACE =
      Pattern.compile("^\\S+\\s+(?:(?<module>\\w+):)?(?<symbol>[\\w.]+)(?<offset>\\+\\w+)?");

  private final KnownSymbols known;
  private final ProbeEvents events;
  private final Kprobes kprobes;

  /**
   * Boots a kernel for these lines.
   *
   * @param known the symbols that kernel has
   */
  public TrialKernel(MachineSpec spec, KnownSymbols known, List<String> lines) {
    this.known = known;
    Machine machine = new Machine(spec, PlainMemory::new);
    Set<String> modules = new HashSet<>();
    symbolsIn(lines)
        .forEach(
            (name, what) -> {
              define(machine, name, what);
              if (what.module() != null) {
                modules.add(what.module());
              }
            });
    kprobes = Kprobes.boot(machine);
    for (String module : modules) {
      machine.modules().load(machine.modules().get(module));
      machine.modules().finishLoading(machine.modules().get(module));
    }
    events =
        new ProbeEvents(
            machine, kprobes, new MachineFunctions(machine, known, known.modules()), true, () -> 0);
  }

  private Map<String, KnownSymbols.Known> symbolsIn(List<String> lines) {
    Map<String, KnownSymbols.Known> found = new LinkedHashMap<>();
    for (String line : lines) {
      Matcher names = NAME.matcher(line);
      while (names.find()) {
        String name = names.group();
        known.find(name).ifPresent(what -> found.put(name, what));
      }
      placeOf(line)
          .ifPresent(
              place ->
                  known.find(place.symbol()).ifPresent(what -> found.put(place.symbol(), what)));
    }
    return found;
  }

  /** What the symbol file has where a line puts its probe. */
  private Optional<KnownSymbols.Place> placeOf(String line) {
    Matcher place = PLACE.matcher(line.strip());
    if (!place.find()) {
      return Optional.empty();
    }
    String symbol = place.group("symbol");
    OptionalLong address = Numbers.unsigned(symbol, 0);
    String offset = place.group("offset");
    return address.isPresent()
        ? known.at(address.getAsLong())
        : known.behind(symbol, offset == null ? 0 : Numbers.signed(offset).orElse(0));
  }

  private static void define(Machine machine, String name, KnownSymbols.Known what) {
    if (machine.symbols().find(name).isPresent()) {
      return; // the trampoline, which every machine has
    }
    if (what.traits().contains(Symbol.Trait.DATA)) {
      machine.defineData(name);
    } else if (what.module() == null) {
      machine.define(name, what.traits());
    } else {
      machine.defineIn(what.module(), name, what.traits());
    }
  }

  public ProbeEvents events() {
    return events;
  }

  /** What {@code kprobes/list} of debugfs shows. */
  public List<String> list() {
    return kprobes.list();
  }

  /**
   * One line of advice on what became of a line; null if there is nothing to say.
   *
   * @param written by {@link ProbeEvents#write} of these events
   */
  public @Nullable String advice(Written written) {
    Matcher place = PLACE.matcher(written.command());
    boolean placed = place.find();
    String symbol = placed ? place.group("symbol") : "";
    String module = placed ? place.group("module") : null;
    if (written.error() != null) {
      return adviceOn(written, module, symbol);
    }
    if (!written.accepted()) {
      return switch (written.command().isEmpty() ? ' ' : written.command().charAt(0)) {
        case 'p', 'r' -> "write p:GROUP/EVENT FUNCTION ARGUMENTS, or r for returns";
        case '-' -> "deletes an event that exists and is not enabled: -:GROUP/EVENT";
        default -> "kprobe_events takes lines that begin with p, r or -";
      };
    }
    return written.readback() == null || !placed ? null : remark(written, place);
  }

  /** What was not checked of a line that is accepted. */
  private @Nullable String remark(Written written, Matcher place) {
    String module = place.group("module");
    String symbol = place.group("symbol");
    if (module != null && !known.modules().contains(module)) {
      return "no module " + module + " is loaded here: the event waits for it, nothing is checked";
    }
    Optional<KnownSymbols.Place> lies = placeOf(written.command());
    if (Numbers.unsigned(symbol, 0).isPresent() && lies.isEmpty()) {
      return "what lies at this address is not known here: nothing is checked";
    }
    if (String.valueOf(written.readback()).endsWith("$arg*")
        || String.valueOf(written.readback()).contains("$arg* ")) {
      return "the parameters of " + symbol + " are not known here: the kernel lists their names";
    }
    boolean inside = lies.map(one -> one.offset() != 0).orElse(place.group("offset") != null);
    return inside
        ? "whether an instruction begins there depends on the build: check --image tells"
        : null;
  }

  private String adviceOn(Written written, @Nullable String module, String symbol) {
    String advice = written.error() == null ? "" : written.error().advice();
    return switch (written.error() == null ? "" : written.error().name()) {
      case "BAD_PROBE_ADDR" -> {
        if (module != null && known.count(module, symbol) == 0) {
          List<String> others = known.modulesWith(symbol);
          yield others.isEmpty()
              ? "module " + module + " has no " + symbol
              : "%s is not in %s but in %s".formatted(symbol, module, String.join(", ", others));
        }
        if (known.find(symbol).isPresent()) {
          yield "offsets are positive and inside the function; after @ comes a data symbol";
        }
        String near = known.nearest(symbol).map(name -> "; did you mean " + name + "?").orElse("");
        yield known.complete()
            ? "the symbol file has no " + symbol + near
            : "not among the %d symbols that are built in%s; --symbols /proc/kallsyms knows all"
                .formatted(known.size(), near);
      }
      case "FAIL_REG_PROBE" ->
          known
              .find(symbol)
              .map(
                  what ->
                      what.traits().contains(Symbol.Trait.TRACEABLE)
                          ? advice
                          : symbol
                              + " cannot be traced by ftrace (notrace), or is on the blacklist")
              .orElse(advice);
      default -> advice;
    };
  }
}
