package dev.kretsim.probe.registry;

import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.probe.Flavour;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.KprobeException;
import dev.kretsim.probe.KprobeFlag;
import dev.kretsim.probe.Preparation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came of registering a probe at one byte of a function; it is unregistered again.
 *
 * @param offset from the symbol's start, in bytes
 * @param rc 0, or the negative error number
 * @param why it was refused; null if it was not
 * @param prepared what was made ready; null if it was refused
 * @param flags of the probe, once registered
 */
public record PointTrial(
    int offset,
    int rc,
    @Nullable String why,
    @Nullable Preparation prepared,
    Set<KprobeFlag> flags) {
  /**
   * Registers a disabled probe: what can be said without touching the text.
   *
   * @param kprobes where it is registered, and removed again
   * @param symbol the function
   * @param offset from its start, in bytes
   * @return what the kernel said
   */
  public static PointTrial of(Kprobes kprobes, Symbol symbol, int offset) {
    Kprobe probe = probe(symbol, offset).flags(KprobeFlag.DISABLED.bit());
    try {
      kprobes.register(probe);
    } catch (KprobeException refused) {
      return new PointTrial(
          offset, -refused.errno().number(), refused.getMessage(), null, Set.of());
    }
    PointTrial trial =
        new PointTrial(
            offset, 0, null, kprobes.sites().preparation(probe), Set.copyOf(probe.flags()));
    kprobes.unregister(probe, 0);
    return trial;
  }

  /**
   * {@return how a lone enabled probe without a post-handler is hit once the optimiser has run}
   *
   * @param kprobes where it is registered, and removed again
   * @param symbol the function
   * @param offset from its start, in bytes
   * @throws KprobeException if it is refused
   */
  public static Flavour settled(Kprobes kprobes, Symbol symbol, int offset) {
    Kprobe probe = probe(symbol, offset);
    kprobes.register(probe);
    kprobes.optimize();
    Flavour flavour = kprobes.flavour(probe);
    kprobes.unregister(probe, 0);
    return flavour;
  }

  private static Kprobe probe(Symbol symbol, int offset) {
    return Kprobe.on(symbol.name()).offset(offset);
  }
}
