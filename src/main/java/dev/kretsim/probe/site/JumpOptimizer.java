package dev.kretsim.probe.site;

import dev.kretsim.arch.Instruction;
import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.text.KernelText;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.kernel.text.TextMarks;
import dev.kretsim.kernel.text.TextMarks.Mark;
import dev.kretsim.probe.Flavour;
import org.jspecify.annotations.Nullable;

/**
 * Says which breakpoints can be replaced by a jump into a detour: {@code can_optimize} and {@code
 * kprobe_optready}, x86-64 only.
 */
final class JumpOptimizer {
  private final Machine machine;
  private final KernelText text;
  private final SiteTable table;

  /** The last function looked at: callers ask for many of its addresses in a row. */
  private @Nullable FunctionFlow flow;

  JumpOptimizer(Machine machine, SiteTable table) {
    this.machine = machine;
    this.text = machine.text();
    this.table = table;
  }

  /** Whether the place itself allows it, whatever probes are there. */
  boolean canPrepare(Ainsn ainsn) {
    if (machine.arch() != Arch.X86_64) {
      return false;
    }
    return machine
        .symbols()
        .at(ainsn.address())
        .map(symbol -> regionCanMove(symbol, ainsn.address()) && nobodyJumpsIn(symbol, ainsn))
        .orElse(false);
  }

  /** Bytes of the whole instructions that a jump could replace; 0 if none can. */
  int detourBytes(Ainsn ainsn) {
    return canPrepare(ainsn) ? (int) (regionEnd(ainsn.address()) - ainsn.address()) : 0;
  }

  /** Whether the site, as it is now, is one to optimise. */
  boolean isReady(Site site) {
    return site.flavour() == Flavour.BREAKPOINT
        && site.aggregated()
        && !site.disabled()
        && !site.gone()
        && !site.wantsPost()
        && canPrepare(site.ainsn())
        && othersIn(site.address() + 1, regionEnd(site.address())) == 0;
  }

  /** How many armed probes lie in {@code [from, to)}. */
  private long othersIn(long from, long to) {
    return table.sites(from, to).stream()
        .filter(other -> !other.disabled() && !other.gone())
        .count();
  }

  /** Behind the last instruction that the jump covers. */
  private long regionEnd(long address) {
    long at = address;
    while (at < address + Arming.JUMP_BYTES) {
      Instruction instruction = text.instructionAt(at);
      at += instruction == null ? 1 : instruction.length();
    }
    return at;
  }

  private boolean regionCanMove(Symbol symbol, long address) {
    if (symbol.has(Symbol.Trait.CALLS_AT_ONCE)) {
      return false;
    }
    long end = symbol.address() + symbol.size();
    if (end - address < Arming.JUMP_BYTES) {
      return false;
    }
    long at = address;
    while (at < address + Arming.JUMP_BYTES) {
      Instruction instruction = text.instructionAt(at);
      if (instruction == null || !instruction.boostable()) {
        return false;
      }
      at += instruction.length();
    }
    TextMarks marks = machine.marks();
    return !marks.anyIn(Mark.JUMP_LABEL, address, at)
        && !marks.anyIn(Mark.STATIC_CALL, address, at)
        && (symbol.ftraceSite() < address || symbol.ftraceSite() >= at);
  }

  private boolean nobodyJumpsIn(Symbol symbol, Ainsn ainsn) {
    if (flow == null || !flow.function().equals(symbol)) {
      flow = FunctionFlow.of(symbol, machine);
    }
    long first = ainsn.address() + 1;
    return flow.nobodyJumpsIn(first, first + Arming.JUMP_BYTES - 1, stopsAtPadding());
  }

  private boolean stopsAtPadding() {
    return machine.version().compareTo(KernelVersion.V6_0) < 0;
  }
}
