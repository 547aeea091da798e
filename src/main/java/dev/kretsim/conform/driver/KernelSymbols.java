package dev.kretsim.conform.driver;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.text.Symbol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Symbols of the recorded kernels themselves: there to be probed or to refuse it. Nobody calls them
 * here, as no recording contains the calls that the rest of a kernel makes.
 */
public final class KernelSymbols {
  private static final List<String> KERNELS =
      List.of("x86-5.10", "x86-6.1", "x86-6.12", "arm64-6.1", "arm64-6.12");

  private KernelSymbols() {}

  static void define(Machine machine) {
    new TreeMap<>(kinds(machine.version(), machine.arch()))
        .forEach((name, kind) -> define(machine, name, kind));
  }

  /**
   * What is recorded of each symbol of a kernel: b and s on the blacklists, d data, - absent; t and
   * f functions. Empty for a kernel of which nothing was recorded.
   */
  public static Map<String, String> kinds(KernelVersion version, Arch arch) {
    int column = column(version, arch);
    Map<String, String> kinds = new HashMap<>();
    if (column >= 0) {
      for (String line : TargetCode.linesOf("kernel-symbols.txt")) {
        String[] words = line.split(" +");
        kinds.put(words[0], words[1 + column]);
      }
    }
    return kinds;
  }

  private static int column(KernelVersion version, Arch arch) {
    return KERNELS.indexOf((arch == Arch.X86_64 ? "x86-" : "arm64-") + TargetCode.labelOf(version));
  }

  private static void define(Machine machine, String name, String kind) {
    switch (kind) {
      case "t" -> machine.define(name, Set.of(Symbol.Trait.TRACEABLE));
      case "f" -> machine.define(name, Set.of());
      case "b" -> machine.define(name, Set.of(Symbol.Trait.NOPROBE));
      case "s" -> machine.define(name, Set.of(Symbol.Trait.NO_RETURN_PROBE));
      case "d" -> machine.defineData(name);
      default -> {} // absent
    }
  }

  /**
   * Whether all that gets to a symbol follows from the recording: the driver's own functions, its
   * second module's, and the trampoline, which their calls return through.
   */
  static boolean callsAreRecorded(String symbol) {
    return symbol.startsWith("kro_")
        || symbol.startsWith("vic_")
        || symbol.endsWith("kretprobe_trampoline");
  }
}
