package dev.kretsim.conform.driver;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.text.Symbol;
import java.util.List;
import java.util.Set;

/**
 * Symbols of the recorded kernels themselves: there to be probed or to refuse it. Nobody calls them
 * here, as no recording contains the calls that the rest of a kernel makes.
 */
final class KernelSymbols {
  private static final List<String> KERNELS =
      List.of("x86-5.10", "x86-6.1", "x86-6.12", "arm64-6.1", "arm64-6.12");

  private KernelSymbols() {}

  static void define(Machine machine) {
    String arch = machine.arch() == Arch.X86_64 ? "x86-" : "arm64-";
    int column = KERNELS.indexOf(arch + TargetCode.labelOf(machine.version()));
    if (column < 0) {
      return; // a kernel of which nothing was recorded
    }
    for (String line : TargetCode.linesOf("kernel-symbols.txt")) {
      String[] words = line.split(" +");
      define(machine, words[0], words[1 + column]);
    }
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
