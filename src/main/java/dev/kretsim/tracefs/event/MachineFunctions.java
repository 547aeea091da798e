package dev.kretsim.tracefs.event;

import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.tracefs.line.Functions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The functions of a machine.
 *
 * @param ambiguous names that the emulated kernel has several times; a machine defines each once
 * @param loaded modules that are loaded although nothing of them is defined here
 */
record MachineFunctions(Machine machine, Set<String> ambiguous, Set<String> loaded)
    implements Functions {
  @Override
  public int count(@Nullable String module, String symbol) {
    if (ambiguous.contains(symbol)) {
      return 2;
    }
    return machine
        .symbols()
        .find(symbol)
        .filter(found -> module == null || isIn(found, module))
        .map(found -> 1)
        .orElse(0);
  }

  private static boolean isIn(Symbol symbol, String module) {
    return symbol.module() != null && symbol.module().name().equals(module);
  }

  @Override
  public boolean isLoaded(String module) {
    return loaded.contains(module) || machine.modules().isLoaded(module);
  }

  @Override
  public boolean isEntry(String symbol, long offset) {
    return machine
        .symbols()
        .find(symbol)
        .map(found -> offset == 0 || found.address() + offset == found.entryProbe())
        .orElse(false);
  }

  @Override
  public boolean isEntry(long address) {
    return machine
        .symbols()
        .at(address)
        .map(found -> address == found.address() || address == found.entryProbe())
        .orElse(false);
  }
}
