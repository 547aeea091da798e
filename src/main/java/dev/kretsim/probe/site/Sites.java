package dev.kretsim.probe.site;

import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.ModuleListener;
import dev.kretsim.kernel.text.KernelModule;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.probe.Flavour;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.KprobeException;
import dev.kretsim.probe.KprobeFlag;
import dev.kretsim.probe.Preparation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The probed addresses of a machine: what is armed where, as probes come and go.
 *
 * <p>One caller at a time, as under {@code kprobe_mutex}.
 */
public final class Sites {
  private final Machine machine;
  private final SiteTable table;
  private final InstructionCopies copies;
  private final Arming arming;
  private final JumpOptimizer optimizer;
  private final List<String> warnings = new ArrayList<>();
  private boolean allDisarmed;
  private boolean optimizing = true;

  public Sites(Machine machine, SiteTable table) {
    this.machine = machine;
    this.table = table;
    this.copies = new InstructionCopies(machine);
    this.arming = new Arming(machine);
    this.optimizer = new JumpOptimizer(machine, table);
  }

  /** Adds a probe to an address; arms that if it is to be. */
  public void add(Kprobe probe, Place place, Symbol symbol) {
    Site site = table.at(place.address());
    if (site == null) {
      addFirst(probe, place, symbol);
    } else {
      addAnother(probe, site, place, symbol);
    }
  }

  private void addFirst(Kprobe probe, Place place, Symbol symbol) {
    boolean post = probe.postHandler() != null;
    Ainsn ainsn = prepare(place, symbol, post);
    Site site =
        new Site(
            ainsn,
            flavourOf(place),
            !probe.enabled(),
            false,
            !place.isFtraceSite() && optimizer.canPrepare(ainsn),
            post,
            Site.FtraceHook.NONE,
            new Kprobe[] {probe});
    probe.registered(replacedBytes(site));
    unoptimizeAround(place.address());
    table.put(site);
    try {
      armIfWanted(site);
    } catch (KprobeException busy) {
      table.remove(site);
      copies.release(ainsn);
      probe.unregistered();
      if (!machine.version().dropsArmingErrors()) {
        throw busy;
      }
    }
  }

  private void addAnother(Kprobe probe, Site site, Place place, Symbol symbol) {
    Site before = site;
    if (site.gone()) {
      // The text is there again: a copy of the instruction is prepared anew.
      before =
          new Site(
              prepare(place, symbol, false),
              flavourOf(place),
              true,
              false,
              true,
              false,
              Site.FtraceHook.NONE,
              site.probes());
    }
    probe.registered(replacedBytes(before));
    if (before.flavour() == Flavour.OPTIMIZED && probe.postHandler() != null) {
      before = arming.unoptimize(before);
    }
    boolean wakes = before.disabled() && probe.enabled();
    Site after = before.with(probe);
    table.put(after);
    if (wakes) {
      try {
        armIfWanted(after);
      } catch (KprobeException busy) {
        table.put(before);
        probe.unregistered();
        throw busy;
      }
    }
  }

  private Ainsn prepare(Place place, Symbol symbol, boolean hasPostHandler) {
    return place.isFtraceSite()
        ? copies.onFtraceSite(place)
        : copies.prepare(place, symbol, hasPostHandler);
  }

  private static Flavour flavourOf(Place place) {
    return place.isFtraceSite() ? Flavour.FTRACE : Flavour.BREAKPOINT;
  }

  private byte[] replacedBytes(Site site) {
    return machine.text().readCompiled(site.address(), machine.arch().breakpoint().length);
  }

  /** The top half of unregistration. */
  public boolean remove(Kprobe probe) {
    Site site;
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
  public void disable(Kprobe probe) {
    if (probe.enabled()) {
      disableOne(probe);
    }
  }

  private Site disableOne(Kprobe probe) {
    Site site = of(probe);
    if (!probe.enabled()) {
      return site; // disabled already; or its text is gone, and its flags stay as they are
    }
    probe.set(KprobeFlag.DISABLED);
    if (site.allDisabled() && !site.gone()) {
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
  public void enable(Kprobe probe) {
    Site site = of(probe);
    boolean wasDisabled = probe.has(KprobeFlag.DISABLED);
    if (site.aggregated() || !allDisarmed) {
      probe.clear(KprobeFlag.DISABLED);
    }
    if (!allDisarmed && site.disabled()) {
      try {
        armIfWanted(site.disabled(false));
      } catch (KprobeException busy) {
        if (wasDisabled) {
          probe.set(KprobeFlag.DISABLED);
        }
        throw busy;
      }
    }
  }

  /** Another user of ftrace changes the instruction pointer at an address, or does no more. */
  public void otherUserModifiesIp(long address, boolean does) {
    arming.otherUserModifiesIp(address, does);
  }

  private void armIfWanted(Site site) {
    boolean wanted = !site.disabled() && !site.gone() && !allDisarmed;
    Site shown = wanted ? arming.hooked(site) : site;
    if (wanted) {
      arming.requirePossible(shown);
    }
    table.put(shown); // before the first CPU is caught
    if (wanted) {
      arming.arm(shown);
    }
  }

  /** Whether probes are not armed, whatever they ask for. */
  public boolean areDisarmed() {
    return allDisarmed;
  }

  public void disarmAll() {
    allDisarmed = true;
    for (Site site : table.sites()) {
      if (!site.disabled() && !site.gone()) {
        table.put(arming.disarm(site));
      }
    }
  }

  public void armAll() {
    allDisarmed = false;
    table.sites().forEach(this::armIfWanted);
  }

  public void optimize() {
    if (optimizing && !allDisarmed) {
      for (Site site : table.sites()) {
        if (optimizer.isReady(site)) {
          Site optimized = site.as(Flavour.OPTIMIZED);
          table.put(optimized);
          arming.arm(optimized);
        }
      }
    }
  }

  /**
   * Allows or forbids jumps: {@code debug.kprobes-optimization}. Forbidding takes effect at once.
   */
  public void allowOptimization(boolean allowed) {
    optimizing = allowed;
    if (!allowed) {
      table.sites().forEach(this::unoptimize);
    }
  }

  private void unoptimize(Site site) {
    if (site.flavour() == Flavour.OPTIMIZED) {
      table.put(arming.unoptimize(site));
    }
  }

  /** A new probe must not be covered by the jump of one before it. */
  private void unoptimizeAround(long address) {
    int reach = machine.arch().instructions().maxLength() + Arming.JUMP_BYTES;
    table.sites(address - reach, address).forEach(this::unoptimize);
  }

  public Preparation preparation(Kprobe probe) {
    Site site = of(probe);
    Ainsn ainsn = site.ainsn();
    int detour = site.flavour() == Flavour.FTRACE ? 0 : optimizer.detourBytes(ainsn);
    return new Preparation(ainsn.instruction(), ainsn.address(), site.flavour(), detour);
  }

  public Site of(Kprobe probe) {
    Site site = table.at(probe.addr());
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
      for (Site site : table.sites()) {
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

  public ModuleListener textFreed() {
    return new TextFreed();
  }

  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  public List<String> list() {
    return table.sites().stream()
        .flatMap(site -> Arrays.stream(site.probes()).map(probe -> describe(site, probe)))
        .toList();
  }

  private String describe(Site site, Kprobe probe) {
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
