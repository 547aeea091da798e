package dev.kretsim.probe;

import dev.kretsim.kernel.KernelModule;
import dev.kretsim.kernel.Machine;
import dev.kretsim.kernel.ModuleListener;
import dev.kretsim.kernel.Symbol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The probed addresses of a machine: what is armed where, as probes come and go.
 *
 * <p>One caller at a time, as under {@code kprobe_mutex}.
 */
final class ProbeSites {
  private final Machine machine;
  private final ProbeTable table;
  private final InstructionCopies copies;
  private final Arming arming;
  private final JumpOptimizer optimizer;
  private final List<String> warnings = new ArrayList<>();
  private boolean allDisarmed;
  private boolean optimizing = true;

  ProbeSites(Machine machine, ProbeTable table) {
    this.machine = machine;
    this.table = table;
    this.copies = new InstructionCopies(machine);
    this.arming = new Arming(machine);
    this.optimizer = new JumpOptimizer(machine, table);
  }

  /** Adds a probe to an address; arms that if it is to be. */
  void add(Kprobe probe, ProbePlace place, Symbol symbol) {
    ProbeSite site = table.at(place.address());
    if (site == null) {
      addFirst(probe, place, symbol);
    } else {
      addAnother(probe, site, place, symbol);
    }
  }

  private void addFirst(Kprobe probe, ProbePlace place, Symbol symbol) {
    boolean post = probe.postHandler() != null;
    Ainsn ainsn = prepare(place, symbol, post);
    ProbeSite site =
        new ProbeSite(
            ainsn,
            flavourOf(place),
            !probe.enabled(),
            false,
            !place.isFtraceSite() && optimizer.canPrepare(ainsn),
            post,
            ProbeSite.FtraceHook.NONE,
            new Kprobe[] {probe});
    probe.registered(replacedBytes(site));
    unoptimizeAround(place.address());
    table.put(site);
    armIfWanted(site);
  }

  private void addAnother(Kprobe probe, ProbeSite site, ProbePlace place, Symbol symbol) {
    ProbeSite before = site;
    if (site.gone()) {
      // The text is there again: a copy of the instruction is prepared anew.
      before =
          new ProbeSite(
              prepare(place, symbol, false),
              flavourOf(place),
              true,
              false,
              true,
              false,
              ProbeSite.FtraceHook.NONE,
              site.probes());
    }
    probe.registered(replacedBytes(before));
    if (before.flavour() == Flavour.OPTIMIZED && probe.postHandler() != null) {
      before = arming.unoptimize(before);
    }
    boolean wakes = before.disabled() && probe.enabled();
    ProbeSite after = before.with(probe);
    table.put(after);
    if (wakes) {
      armIfWanted(after);
    }
  }

  private Ainsn prepare(ProbePlace place, Symbol symbol, boolean hasPostHandler) {
    return place.isFtraceSite()
        ? copies.onFtraceSite(place)
        : copies.prepare(place, symbol, hasPostHandler);
  }

  private static Flavour flavourOf(ProbePlace place) {
    return place.isFtraceSite() ? Flavour.FTRACE : Flavour.BREAKPOINT;
  }

  private byte[] replacedBytes(ProbeSite site) {
    return machine.text().readCompiled(site.address(), machine.arch().breakpoint().length);
  }

  /** The top half of unregistration. */
  boolean remove(Kprobe probe) {
    ProbeSite site;
    try {
      site = disableOne(probe);
    } catch (KprobeException failed) {
      // The kernel warns and gives up: the probe stays in its table and keeps firing, although its
      // owner, who is told nothing, takes it for gone.
      warnings.add("failed to disarm: %s: %s".formatted(probe, failed.getMessage()));
      probe.addr(0);
      return false;
    }
    probe.unregistered();
    if (site.probes().length == 1) {
      table.remove(site);
      if (!site.gone()) { // else its slot went with the text
        copies.release(site.ainsn());
      }
    } else {
      table.put(site.without(probe));
    }
    return true;
  }

  /** {@code disable_kprobe}. */
  void disable(Kprobe probe) {
    if (probe.enabled()) {
      disableOne(probe);
    }
  }

  private ProbeSite disableOne(Kprobe probe) {
    ProbeSite site = of(probe);
    boolean wasEnabled = probe.enabled();
    probe.set(KprobeFlag.DISABLED);
    if (wasEnabled && site.allDisabled() && !site.gone()) {
      try {
        site = (allDisarmed ? site : arming.disarm(site)).disabled(true);
      } catch (KprobeException failed) {
        probe.clear(KprobeFlag.DISABLED);
        throw failed;
      }
      table.put(site);
    }
    return site;
  }

  /**
   * {@code enable_kprobe}.
   *
   * <p>While all probes are disarmed, the flag of a probe that represents its address is not
   * cleared: the request succeeds and is forgotten, as in the kernel.
   */
  void enable(Kprobe probe) {
    ProbeSite site = of(probe);
    if (site.aggregated() || !allDisarmed) {
      probe.clear(KprobeFlag.DISABLED);
    }
    if (!allDisarmed && site.disabled()) {
      armIfWanted(site.disabled(false));
    }
  }

  private void armIfWanted(ProbeSite site) {
    boolean wanted = !site.disabled() && !site.gone() && !allDisarmed;
    ProbeSite shown = wanted ? arming.hooked(site) : site;
    table.put(shown); // before the first CPU is caught
    if (wanted) {
      arming.arm(shown);
    }
  }

  void disarmAll() {
    allDisarmed = true;
    for (ProbeSite site : table.sites()) {
      if (!site.disabled() && !site.gone()) {
        table.put(arming.disarm(site));
      }
    }
  }

  void armAll() {
    allDisarmed = false;
    table.sites().forEach(this::armIfWanted);
  }

  void optimize() {
    if (optimizing && !allDisarmed) {
      for (ProbeSite site : table.sites()) {
        if (optimizer.isReady(site)) {
          ProbeSite optimized = site.as(Flavour.OPTIMIZED);
          table.put(optimized);
          arming.arm(optimized);
        }
      }
    }
  }

  /**
   * Allows or forbids jumps: {@code debug.kprobes-optimization}. Forbidding takes effect at once.
   */
  void allowOptimization(boolean allowed) {
    optimizing = allowed;
    if (!allowed) {
      table.sites().forEach(this::unoptimize);
    }
  }

  private void unoptimize(ProbeSite site) {
    if (site.flavour() == Flavour.OPTIMIZED) {
      table.put(arming.unoptimize(site));
    }
  }

  /** A new probe must not be covered by the jump of one before it. */
  private void unoptimizeAround(long address) {
    int reach = machine.arch().instructions().maxLength() + Arming.JUMP_BYTES;
    table.sites(address - reach, address).forEach(this::unoptimize);
  }

  ProbeSite of(Kprobe probe) {
    ProbeSite site = table.at(probe.addr());
    if (site == null) {
      throw new IllegalStateException("registered, but not in the table: " + probe);
    }
    return site;
  }

  /** {@code kprobes_module_callback}: text that is freed takes its probes with it. */
  private final class TextFreed implements ModuleListener {
    @Override
    public void live(KernelModule module) {
      kill(symbol -> symbol.module() == module && symbol.has(Symbol.Trait.INIT));
    }

    @Override
    public void going(KernelModule module) {
      kill(symbol -> symbol.module() == module);
    }

    private void kill(Predicate<Symbol> freed) {
      for (ProbeSite site : table.sites()) {
        if (machine.symbols().at(site.address()).filter(freed).isPresent()) {
          for (Kprobe probe : site.probes()) {
            probe.set(KprobeFlag.GONE);
          }
          copies.release(site.ainsn());
          table.put(site.killed());
        }
      }
    }
  }

  ModuleListener textFreed() {
    return new TextFreed();
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  List<String> list() {
    return table.sites().stream()
        .flatMap(site -> Arrays.stream(site.probes()).map(probe -> describe(site, probe)))
        .toList();
  }

  private String describe(ProbeSite site, Kprobe probe) {
    String module =
        machine.symbols().at(site.address()).map(Symbol::module).map(KernelModule::name).orElse("");
    String tags =
        (probe.has(KprobeFlag.GONE) ? "[GONE]" : probe.enabled() ? "" : "[DISABLED]")
            + (site.flavour() == Flavour.OPTIMIZED ? "[OPTIMIZED]" : "")
            + (site.flavour() == Flavour.FTRACE ? "[FTRACE]" : "");
    return "%016x  %s  %s  %s %s"
        .formatted(
            site.address(),
            probe.kretprobe() == null ? "k" : "r",
            machine.symbols().describe(site.address()),
            module,
            tags);
  }
}
