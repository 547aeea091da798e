package dev.kretsim.probe.registry;

import dev.kretsim.arch.Instruction;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.text.CodeImage;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.kernel.text.TextMarks;
import dev.kretsim.memory.PlainMemory;
import dev.kretsim.probe.Flavour;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.KprobeException;
import dev.kretsim.probe.KprobeFlag;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tries probes at the bytes of one function, on a machine that has nothing else: what a kernel
 * answers depends on the function's own bytes and on what is known about them.
 */
public final class PointTrials {
  /** The machine's own symbols lie on the page in front. */
  private static final int PAGE_BYTES = 4096;

  private final Machine machine;
  private final Kprobes kprobes;
  private final Symbol symbol;

  private PointTrials(Machine machine, Kprobes kprobes, Symbol symbol) {
    this.machine = machine;
    this.kprobes = kprobes;
    this.symbol = symbol;
  }

  /**
   * Boots a machine with that function.
   *
   * @param spec what kind of machine
   * @param name of the function
   * @param address where it lies
   * @param code its bytes, and what lies behind them if that is known
   * @param size how many bytes it is to the next symbol; what {@code code} lacks is padding
   * @param traits what there is to know about it
   * @param marks what is known about its bytes
   * @return the function, to try probes on
   */
  public static PointTrials on(
      MachineSpec spec,
      String name,
      long address,
      byte[] code,
      int size,
      Set<Symbol.Trait> traits,
      TextMarks marks) {
    Machine machine = new Machine(spec, PlainMemory::new, address - PAGE_BYTES);
    byte[] bytes = Arrays.copyOf(code, Math.max(size, code.length));
    byte[] padding = spec.arch().padding();
    for (int at = code.length; at < size; at++) {
      bytes[at] = padding[at % padding.length];
    }
    machine.defineImage(new CodeImage(bytes, List.of(new CodeImage.Part(name, 0, size, traits))));
    machine.marks().addAll(marks, address, address + bytes.length);
    Symbol symbol = machine.symbols().at(address).orElseThrow();
    return new PointTrials(machine, Kprobes.boot(machine), symbol);
  }

  /** {@return the function} */
  public Symbol symbol() {
    return symbol;
  }

  /**
   * {@return the instruction that begins there; empty in the middle of one}
   *
   * @param offset from the function's start, in bytes
   */
  public Optional<Instruction> instruction(int offset) {
    long address = symbol.address() + offset;
    return machine.text().boundary(symbol, address).isPresent()
        ? Optional.ofNullable(machine.text().instructionAt(address))
        : Optional.empty();
  }

  /**
   * {@return a copy of some of its bytes}
   *
   * @param offset from the function's start
   * @param count how many
   */
  public byte[] code(int offset, int count) {
    return machine.text().read(symbol.address() + offset, count);
  }

  /**
   * {@return whether a byte is so marked}
   *
   * @param mark what may be known of it
   * @param offset from the function's start, in bytes
   */
  public boolean has(TextMarks.Mark mark, int offset) {
    return machine.marks().has(mark, symbol.address() + offset);
  }

  /**
   * Registers a disabled probe: what can be said without touching the text.
   *
   * @param offset from the function's start, in bytes
   * @return what the kernel said
   */
  public PointTrial at(int offset) {
    Kprobe probe = probe(offset).flags(KprobeFlag.DISABLED.bit());
    try {
      kprobes.register(probe);
    } catch (KprobeException refused) {
      return new PointTrial(offset, refused.errno(), reason(refused, offset), null, Set.of());
    }
    PointTrial trial =
        new PointTrial(
            offset, null, null, kprobes.sites().preparation(probe), Set.copyOf(probe.flags()));
    kprobes.unregister(probe, 0);
    return trial;
  }

  /** Without the error, which is told apart, and the place, which was asked for. */
  private String reason(KprobeException refused, int offset) {
    String message = String.valueOf(refused.getMessage());
    String place = ": %s+0x%x".formatted(symbol.name(), offset);
    String error = refused.errno() + ": ";
    return message.substring(message.startsWith(error) ? error.length() : 0).replace(place, "");
  }

  /**
   * {@return how a lone enabled probe without a post-handler is hit once the optimiser has run;
   * empty if it is refused}
   *
   * @param offset from the function's start, in bytes
   */
  public Optional<Flavour> settled(int offset) {
    Kprobe probe = probe(offset);
    try {
      kprobes.register(probe);
    } catch (KprobeException refused) {
      return Optional.empty();
    }
    kprobes.optimize();
    Flavour flavour = kprobes.flavour(probe);
    kprobes.unregister(probe, 0);
    return Optional.of(flavour);
  }

  private Kprobe probe(int offset) {
    return Kprobe.on(symbol.name()).offset(offset);
  }
}
