package dev.kretsim.probe.site;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.kernel.text.TextMarks.Mark;
import dev.kretsim.probe.Errno;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.KprobeException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a probe is to go, as the kernel makes it out from symbol, address and offset. What is wrong
 * is found in the kernel's order, as that decides which errno the caller gets.
 *
 * @param address of the instruction
 * @param symbol what it lies in; null where old kernels do not look
 * @param onEntry whether it is a function's entry
 * @see <a href="https://docs.kernel.org/trace/kprobes.html">kprobes</a>
 */
public record Place(long address, @Nullable Symbol symbol, boolean onEntry) {
  /** {@code kprobe_addr}: for a kprobe. */
  public static Place of(Kprobe probe, Machine machine) {
    long sum = baseOf(probe, machine) + probe.offset();
    Optional<Symbol> symbol = machine.symbols().at(sum);
    if (symbol.isEmpty()) {
      if (machine.version().compareTo(KernelVersion.V6_0) >= 0) {
        throw new KprobeException(Errno.ENOENT, "in no symbol: " + probe);
      }
      if (sum == 0) {
        throw new KprobeException(Errno.EINVAL, "address is 0: " + probe);
      }
      return new Place(sum, null, false);
    }
    return of(sum, symbol.get());
  }

  /** {@code kprobe_on_func_entry}: for a kretprobe, which must be on a function's entry. */
  public static Place onEntry(Kprobe probe, Machine machine) {
    long sum = baseOf(probe, machine) + probe.offset();
    Symbol symbol =
        machine
            .symbols()
            .at(sum)
            .orElseThrow(() -> new KprobeException(Errno.ENOENT, "in no symbol: " + probe));
    Place place = of(sum, symbol);
    if (!place.onEntry()) {
      throw new KprobeException(Errno.EINVAL, "not a function's entry: " + probe);
    }
    return place;
  }

  /** With ENDBR64 in front, the function's address and the one behind it both mean its entry. */
  private static Place of(long sum, Symbol symbol) {
    boolean onEntry = sum == symbol.address() || sum == symbol.entryProbe();
    return new Place(onEntry ? symbol.entryProbe() : sum, symbol, onEntry);
  }

  private static long baseOf(Kprobe probe, Machine machine) {
    String name = probe.symbolName();
    if ((name == null) == (probe.addr() == 0)) {
      throw new KprobeException(Errno.EINVAL, "give either a symbol or an address: " + probe);
    }
    if (name == null) {
      return probe.addr();
    }
    return machine
        .symbols()
        .find(name)
        .orElseThrow(() -> new KprobeException(Errno.ENOENT, "no such symbol: " + name))
        .address();
  }

  /** Whether ftrace takes the probe over. */
  public boolean isFtraceSite() {
    return symbol != null && symbol.ftraceSite() == address;
  }

  /**
   * {@code check_kprobe_address_safe}: refuses what is no text, and text that must not be probed.
   */
  public Symbol requireProbeable(Machine machine) {
    boolean throughFtrace = machine.version().probesThroughFtrace(machine.arch());
    if (isFtraceSite() && !throughFtrace) {
      throw new KprobeException(
          Errno.EINVAL, "an ftrace site: " + machine.symbols().describe(address));
    }
    if (symbol == null || symbol.has(Symbol.Trait.DATA)) {
      throw new KprobeException(
          Errno.EINVAL, "not kernel text: " + machine.symbols().describe(address));
    }
    if (isBlacklisted(symbol, machine)) {
      throw new KprobeException(Errno.EINVAL, "blacklisted: " + symbol.name());
    }
    requireUnreserved(machine);
    return symbol;
  }

  /** Text that the kernel patches itself, that it reports bugs from, or that is gone after boot. */
  private void requireUnreserved(Machine machine) {
    for (Mark mark : Mark.values()) {
      if (mark.refusesProbes() && machine.marks().has(mark, address)) {
        throw new KprobeException(
            mark == Mark.MODULE_INIT ? Errno.ENOENT : Errno.EINVAL,
            "%s: %s".formatted(mark.words(), machine.symbols().describe(address)));
      }
    }
    if (symbol != null && WarnEntry.isAt(address, symbol, machine)) {
      throw new KprobeException(
          Errno.EINVAL, "%s: %s".formatted(Mark.BUG.words(), machine.symbols().describe(address)));
    }
    if (symbol != null && isPadding(symbol, machine.version())) {
      throw new KprobeException(
          Errno.EINVAL, "padding before a function: " + machine.symbols().describe(address));
    }
  }

  /** What stands in front of a function, for call depth tracking and control flow checks. */
  private static boolean isPadding(Symbol symbol, KernelVersion version) {
    return version.compareTo(KernelVersion.V6_1) > 0
        && (symbol.name().startsWith("__pfx_") || symbol.name().startsWith("__cfi_"));
  }

  /** Compilers split functions: what holds for {@code f} holds for {@code f.cold} too. */
  private static boolean isBlacklisted(Symbol symbol, Machine machine) {
    int dot = symbol.name().indexOf('.');
    return symbol.has(Symbol.Trait.NOPROBE)
        || (dot > 0
            && machine
                .symbols()
                .find(symbol.name().substring(0, dot))
                .map(whole -> whole.has(Symbol.Trait.NOPROBE))
                .orElse(false));
  }

  /**
   * Refuses functions that return on another stack than they were called on.
   *
   * <p>The list holds symbols' addresses. On a kernel with ENDBR64 the probe lands behind that, is
   * not found in the list, and is accepted: a bug of 6.12 that ends in a crash at the first hit.
   */
  public void requireReturnProbeable(Arch arch) {
    if (arch == Arch.X86_64
        && symbol != null
        && symbol.has(Symbol.Trait.NO_RETURN_PROBE)
        && address == symbol.address()) {
      throw new KprobeException(Errno.EINVAL, "no kretprobe can be on " + symbol.name());
    }
  }
}
