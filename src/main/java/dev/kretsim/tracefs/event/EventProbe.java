package dev.kretsim.tracefs.event;

import dev.kretsim.arch.PtRegs;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.KprobeFlag;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.KretprobeInstance;
import dev.kretsim.probe.registry.Kprobes;
import dev.kretsim.tracefs.fetch.ArgumentText;
import dev.kretsim.tracefs.fetch.Fetch;
import dev.kretsim.tracefs.line.Location;
import dev.kretsim.tracefs.line.ProbeLine;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** One probe of an event: the kernel's own, what its handlers record, and its counts. */
final class EventProbe {
  /** Arguments that can be kept from entry to return: as many as lie in registers, and two. */
  private static final int ARGUMENTS = 8;

  private final ProbeLine line;
  private final Machine machine;
  private final TraceBuffer trace;
  private final @Nullable Kretprobe onReturn;
  private final Kprobe kprobe;
  private final LongAdder hits = new LongAdder();

  EventProbe(ProbeLine line, Machine machine, TraceBuffer trace) {
    this.line = line;
    this.machine = machine;
    this.trace = trace;
    if (line.onReturn()) {
      Kretprobe probe = new Kretprobe();
      probe.maxactive(line.maxactive()).handler(this::returned);
      if (line.arguments().stream().anyMatch(one -> keepsArguments(one.fetch()))) {
        probe.dataSize(ARGUMENTS * Long.BYTES).entryHandler(this::keep);
      }
      onReturn = probe;
      kprobe = probe.kp();
    } else {
      onReturn = null;
      kprobe = new Kprobe().preHandler(this::hit);
    }
  }

  private static boolean keepsArguments(Fetch fetch) {
    if (fetch instanceof Fetch.Memory memory) {
      return keepsArguments(memory.address());
    } else if (fetch instanceof Fetch.PerCpu perCpu) {
      return keepsArguments(perCpu.of());
    }
    return fetch instanceof Fetch.Argument;
  }

  ProbeLine line() {
    return line;
  }

  boolean registered() {
    return kprobe.registered();
  }

  /**
   * Registers the probe, enabled or not.
   *
   * @param location where that is in this machine
   * @throws dev.kretsim.probe.KprobeException as the kernel refuses it
   */
  void register(Kprobes kprobes, boolean enabled, Location location) {
    kprobe.reset().symbolName(location.symbol()).offset((int) location.offset());
    if (location.symbol() == null) {
      kprobe.addr(location.address());
    }
    kprobe.flags(enabled ? 0 : KprobeFlag.DISABLED.bit());
    if (onReturn != null) {
      kprobes.register(onReturn);
    } else {
      kprobes.register(kprobe);
    }
  }

  void unregister(Kprobes kprobes, int cpu) {
    if (onReturn != null) {
      kprobes.unregister(onReturn, cpu);
    } else {
      kprobes.unregister(kprobe, cpu);
    }
  }

  void enable(Kprobes kprobes, boolean wanted) {
    if (!registered() || kprobe.has(KprobeFlag.GONE)) {
      return;
    }
    if (wanted) {
      kprobes.enable(kprobe);
    } else {
      kprobes.disable(kprobe);
    }
  }

  /** The line as the listing shows it, with the instances that are in force. */
  String listed() {
    return line.listed(onReturn == null ? 0 : onReturn.maxactive());
  }

  long hits() {
    return hits.sum();
  }

  long poolMisses() {
    return onReturn == null ? 0 : onReturn.nmissed();
  }

  long nestedMisses() {
    return kprobe.nmissed();
  }

  private int hit(Kprobe probe, PtRegs regs) {
    hits.increment();
    Cpu cpu = Cpu.current();
    long[] arguments = argumentsOf(regs, cpu);
    record(cpu, "(" + place(kprobe.addr()) + ")", regs, arguments);
    return 0;
  }

  private static long[] argumentsOf(PtRegs regs, Cpu cpu) {
    long[] arguments = new long[ARGUMENTS];
    for (int n = 0; n < ARGUMENTS; n++) {
      arguments[n] = regs.argument(n, cpu.memory());
    }
    return arguments;
  }

  private int keep(KretprobeInstance instance, PtRegs regs) {
    long[] arguments = argumentsOf(regs, Cpu.current());
    for (int n = 0; n < ARGUMENTS; n++) {
      instance.setDataWord(n * Long.BYTES, arguments[n]);
    }
    return 0;
  }

  private void returned(KretprobeInstance instance, PtRegs regs) {
    hits.increment();
    boolean kept = instance.kretprobe().dataSize() > 0;
    long[] arguments = new long[kept ? ARGUMENTS : 0];
    for (int n = 0; n < arguments.length; n++) {
      arguments[n] = instance.dataWord(n * Long.BYTES);
    }
    long caller = instance.returnAddress();
    String from =
        caller == machine.trampoline().address() ? "[unknown/kretprobe'd]" : place(caller);
    String function =
        machine
            .symbols()
            .at(kprobe.addr())
            .map(Symbol::name)
            .orElse(String.valueOf(line.location().symbol()));
    record(Cpu.current(), "(" + from + " <- " + function + ")", regs, arguments);
  }

  private void record(Cpu cpu, String place, PtRegs regs, long[] arguments) {
    ArgumentText texts = new ArgumentText(cpu.task().comm(), this::place);
    Fetch.Hit hit =
        new Fetch.Hit(regs, cpu.memory(), arguments, this::addressOf, cpu.task().structAddress());
    StringBuilder what = new StringBuilder(place);
    line.arguments().forEach(argument -> what.append(' ').append(texts.of(argument, hit)));
    trace.add(cpu, line.event(), what.toString());
  }

  private long addressOf(String symbol) {
    return machine.symbols().find(symbol).map(Symbol::address).orElse(0L);
  }

  /** {@code symbol+0xoffset/0xsize}, with its module. */
  private String place(long address) {
    return machine
        .symbols()
        .at(address)
        .map(
            symbol ->
                "%s+0x%x/0x%x%s"
                    .formatted(
                        symbol.name(),
                        address - symbol.address(),
                        symbol.size(),
                        symbol.module() == null ? "" : " [" + symbol.module().name() + "]"))
        .orElseGet(() -> "0x" + Long.toHexString(address));
  }
}
