package dev.kretsim.tracefs.event;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.ModuleListener;
import dev.kretsim.kernel.text.KernelModule;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.probe.Errno;
import dev.kretsim.probe.KprobeException;
import dev.kretsim.probe.registry.Kprobes;
import dev.kretsim.tracefs.fetch.Argument;
import dev.kretsim.tracefs.fetch.Fetch;
import dev.kretsim.tracefs.fetch.Grammar;
import dev.kretsim.tracefs.fetch.RefusedLineException;
import dev.kretsim.tracefs.fetch.TraceError;
import dev.kretsim.tracefs.line.Deletion;
import dev.kretsim.tracefs.line.LineReader;
import dev.kretsim.tracefs.line.Location;
import dev.kretsim.tracefs.line.ProbeLine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code kprobe_events} of one machine, and the files around it.
 *
 * <p>One caller at a time, between hits. CPU 0 does what a writer's CPU would.
 */
public final class ProbeEvents {
  private static final int CPU = 0;

  /** {@code WRITE_BUFSIZE} without its terminators. */
  private static final int LONGEST_LINE = 4094;

  private final Machine machine;
  private final Kprobes kprobes;
  private final MachineFunctions functions;
  private final boolean bodiesUnknown;
  private final LineReader reader;
  private final TraceBuffer trace;
  private final List<EventProbe> probes = new ArrayList<>();
  private final Set<String> enabled = new LinkedHashSet<>();

  /**
   * An empty list of events.
   *
   * @param clock in nanoseconds, for the trace
   */
  public ProbeEvents(Machine machine, Kprobes kprobes, LongSupplier clock) {
    this(machine, kprobes, new MachineFunctions(machine), false, clock);
  }

  /**
   * An empty list of events.
   *
   * @param bodiesUnknown whether places in code that is not there count as places that can be
   *     probed
   */
  ProbeEvents(
      Machine machine,
      Kprobes kprobes,
      MachineFunctions functions,
      boolean bodiesUnknown,
      LongSupplier clock) {
    this.machine = machine;
    this.kprobes = kprobes;
    this.functions = functions;
    this.bodiesUnknown = bodiesUnknown;
    this.reader = new LineReader(Grammar.of(machine.version(), machine.arch()), functions);
    this.trace = new TraceBuffer(machine.version(), machine.spec().onlineCpus(), clock);
    machine.modules().tell(new Reload());
  }

  /** Writes one line to {@code kprobe_events}; empty lines and comments are accepted. */
  public Written write(String line) {
    int comment = line.indexOf('#');
    List<String> words = LineReader.words(comment < 0 ? line : line.substring(0, comment));
    try {
      if (line.length() > LONGEST_LINE) {
        throw RefusedLineException.silently(Errno.EINVAL);
      }
      if (words.isEmpty()) {
        return Written.accepted(line, words, null);
      }
      if (readsDeletion(line, words)) {
        delete(reader.deletion(words));
        return Written.accepted(line, words, null);
      }
      EventProbe probe = define(reader.definition(words));
      return Written.accepted(line, words, probe.listed());
    } catch (RefusedLineException refusal) {
      return Written.refused(line, words, refusal);
    }
  }

  /** Newer kernels look at the line's first letter, older ones at its first word's. */
  private boolean readsDeletion(String line, List<String> words) {
    boolean firstLetter = machine.version().compareTo(KernelVersion.V5_10) > 0;
    return (firstLetter ? line : words.get(0)).startsWith("-");
  }

  private EventProbe define(ProbeLine line) {
    List<EventProbe> siblings = probesOf(line.group(), line.event());
    if (!siblings.isEmpty()) {
      Siblings.requireCompatible(line, siblings.stream().map(EventProbe::line).toList());
    }
    EventProbe probe = new EventProbe(line, machine, trace);
    register(probe, enabled.contains(key(line)));
    probes.add(probe);
    return probe;
  }

  private void register(EventProbe probe, boolean nowEnabled) {
    Location location = probe.line().location();
    Location actual = functions.actual(location);
    requireTraceable(actual);
    for (Argument argument : probe.line().arguments()) {
      requireSymbols(argument.fetch());
    }
    if (isAwaited(location) || bodiesUnknown && isBehind(actual, location, probe.line())) {
      return;
    }
    try {
      probe.register(kprobes, nowEnabled, actual);
    } catch (KprobeException refused) {
      boolean unknown = bodiesUnknown && refused.errno() == Errno.EOPNOTSUPP;
      if (!unknown && !isOutOfReach(actual, refused.errno())) {
        throw refusalOf(actual, probe.line().onReturn(), refused.errno());
      }
    }
  }

  /**
   * Whether a place lies in a function but behind what is emulated of it.
   *
   * @throws RefusedLineException if no probe can be there, or if not even the function's end is
   *     known: most places that far are then refused, and each kernel answers as the recorded ones
   */
  private boolean isBehind(Location actual, Location written, ProbeLine line) {
    Optional<Symbol> symbol = Optional.ofNullable(actual.symbol()).flatMap(machine.symbols()::find);
    if (symbol.map(found -> actual.offset() < found.size()).orElse(true)) {
      return false;
    }
    boolean isData = symbol.get().has(Symbol.Trait.DATA);
    if (line.onReturn() || isData) {
      throw refusalOf(actual, line.onReturn(), Errno.EINVAL);
    }
    if (actual == written) {
      boolean boundary =
          machine.arch() == Arch.X86_64 && machine.version().compareTo(KernelVersion.V6_12) >= 0;
      throw refusalOf(actual, false, boundary ? Errno.EILSEQ : Errno.EINVAL);
    }
    return true;
  }

  /** Whether its module may come later. */
  private boolean isAwaited(Location location) {
    return location.module() != null && !functions.isLoaded(location.module());
  }

  /** Of a bare address nobody can tell that it will not be there. */
  private boolean isOutOfReach(Location location, Errno errno) {
    return errno == Errno.ENOENT && location.symbol() == null && !refusesUnknownAddresses(location);
  }

  /** Kernels before rethooks look an address up first, for return probes. */
  private boolean refusesUnknownAddresses(Location location) {
    return location.symbol() == null && machine.version().compareTo(KernelVersion.V6_0) < 0;
  }

  private RefusedLineException refusalOf(Location location, boolean onReturn, Errno errno) {
    return switch (errno) {
      case EILSEQ -> RefusedLineException.at(1, 0, TraceError.BAD_INSN_BNDRY, errno);
      case ENOENT ->
          onReturn && refusesUnknownAddresses(location)
              ? RefusedLineException.at(1, 0, TraceError.FAIL_REG_PROBE, Errno.EPERM)
              : RefusedLineException.at(1, 0, TraceError.BAD_PROBE_ADDR, errno);
      case ENOMEM -> RefusedLineException.silently(errno);
      default -> RefusedLineException.at(1, 0, TraceError.FAIL_REG_PROBE, errno);
    };
  }

  private void requireTraceable(Location location) {
    Optional<Symbol> symbol =
        location.symbol() == null
            ? machine.symbols().at(location.address())
            : machine.symbols().find(location.symbol());
    if (symbol.isPresent() && !symbol.get().traceable()) {
      throw RefusedLineException.at(1, 0, TraceError.FAIL_REG_PROBE, Errno.EINVAL);
    }
  }

  private void requireSymbols(Fetch fetch) {
    if (fetch instanceof Fetch.Memory memory) {
      requireSymbols(memory.address());
    } else if (fetch instanceof Fetch.PerCpu perCpu) {
      requireSymbols(perCpu.of());
    } else if (fetch instanceof Fetch.SymbolAddress symbol) {
      requireSymbol(symbol.symbol());
    }
  }

  private void requireSymbol(String symbol) {
    if (symbol.matches(".+[+-].*")) { // behind the sign is no number
      throw RefusedLineException.at(1, 0, TraceError.FAIL_REG_PROBE, Errno.EINVAL);
    }
    if (machine.symbols().find(symbol).isEmpty()) {
      throw RefusedLineException.at(1, 0, TraceError.BAD_PROBE_ADDR, Errno.ENOENT);
    }
  }

  private void delete(Deletion deletion) {
    List<EventProbe> meant =
        probes.stream().filter(probe -> deletion.matches(probe.line())).toList();
    if (meant.isEmpty()) {
      throw RefusedLineException.silently(Errno.ENOENT);
    }
    for (EventProbe probe : meant) {
      ProbeLine line = probe.line();
      boolean last = probesOf(line.group(), line.event()).size() == 1;
      if (last && enabled.contains(key(line))) {
        throw RefusedLineException.silently(Errno.EBUSY); // those before it are gone
      }
      remove(List.of(probe));
    }
  }

  private void remove(List<EventProbe> gone) {
    gone.forEach(probe -> probe.unregister(kprobes, CPU));
    probes.removeAll(gone);
  }

  /**
   * Opens {@code kprobe_events} to write from its start, as {@code >} does: all events go.
   *
   * @return the errno that opening fails with, as an event is enabled; null if it does not
   */
  public @Nullable Errno truncate() {
    if (!enabled.isEmpty()) {
      return Errno.EBUSY;
    }
    remove(List.copyOf(probes));
    return null;
  }

  /**
   * Writes to {@code events/GROUP/EVENT/enable}, {@code events/GROUP/enable} or {@code
   * events/enable}.
   *
   * @param group null for all
   * @param event null for all of the group
   * @return the errno that it fails with; null if it does not
   */
  public @Nullable Errno enable(@Nullable String group, @Nullable String event, boolean wanted) {
    List<EventProbe> meant =
        probes.stream()
            .filter(probe -> group == null || group.equals(probe.line().group()))
            .filter(probe -> event == null || event.equals(probe.line().event()))
            .toList();
    if (meant.isEmpty() && group != null) {
      return Errno.ENOENT;
    }
    try {
      for (EventProbe probe : meant) {
        if (enabled.contains(key(probe.line())) != wanted) {
          probe.enable(kprobes, wanted);
        }
      }
    } catch (KprobeException refused) {
      meant.forEach(probe -> probe.enable(kprobes, !wanted));
      return refused.errno();
    }
    for (EventProbe probe : meant) {
      if (wanted) {
        enabled.add(key(probe.line()));
      } else {
        enabled.remove(key(probe.line()));
      }
    }
    return null;
  }

  /** Whether an event of that name is enabled. */
  public boolean isEnabled(String group, String event) {
    return enabled.contains(group + "/" + event);
  }

  private List<EventProbe> probesOf(String group, String event) {
    return probes.stream().filter(probe -> key(probe.line()).equals(group + "/" + event)).toList();
  }

  private static String key(ProbeLine line) {
    return line.group() + "/" + line.event();
  }

  /** What reading {@code kprobe_events} gives. */
  public String listing() {
    StringBuilder text = new StringBuilder();
    probes.forEach(probe -> text.append(probe.listed()).append('\n'));
    return text.toString();
  }

  /** What one line of {@code kprobe_profile} says. */
  public record Profile(String event, long hits, long missed) {
    /** The line, ended by a newline. */
    public String text() {
      return String.format(Locale.ROOT, "  %-44s %15d %15d%n", event, hits, missed);
    }
  }

  /** {@code kprobe_profile}: a line for each probe, in the order of their definition. */
  public List<Profile> profile() {
    boolean both = machine.version().profileCountsPool();
    return probes.stream()
        .map(
            probe ->
                new Profile(
                    probe.line().event(),
                    probe.hits(),
                    probe.nestedMisses() + (both ? probe.poolMisses() : 0)))
        .toList();
  }

  /** What reading {@code trace} gives. */
  public String trace() {
    return trace.text();
  }

  /** Lines in the trace, without its header. */
  public int traced() {
    return trace.size();
  }

  /** What writing to {@code trace} does. */
  public void clearTrace() {
    trace.clear();
  }

  /** {@code tracing_on}. */
  public void record(boolean wanted) {
    trace.record(wanted);
  }

  /** Probes that name their module are registered again whenever it comes. */
  private final class Reload implements ModuleListener {
    @Override
    public void coming(KernelModule module) {
      for (EventProbe probe : probes) {
        if (module.name().equals(probe.line().location().module())) {
          probe.unregister(kprobes, CPU);
          probe.register(kprobes, enabled.contains(key(probe.line())), probe.line().location());
        }
      }
    }

    @Override
    public void live(KernelModule module) {}

    @Override
    public void going(KernelModule module) {}
  }
}
