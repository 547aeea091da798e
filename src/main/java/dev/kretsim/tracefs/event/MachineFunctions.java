package dev.kretsim.tracefs.event;

import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.tracefs.line.Functions;
import dev.kretsim.tracefs.line.Location;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The functions of a machine.
 *
 * @param known says how often the emulated kernel has a name, and in which modules: a machine
 *     defines each once; null if the machine has all there is
 * @param loaded modules that are loaded although nothing of them is defined here
 */
record MachineFunctions(Machine machine, @Nullable KnownSymbols known, Set<String> loaded)
    implements Functions {
  MachineFunctions(Machine machine) {
    this(machine, null, Set.of());
  }

  @Override
  public int count(@Nullable String module, String symbol) {
    if (known != null && known.find(symbol).isPresent()) {
      return known.count(module, symbol);
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

  /** The symbol that a location lies in, where a symbol file tells; otherwise as it is written. */
  Location actual(Location written) {
    String symbol = written.symbol();
    if (known == null) {
      return written;
    }
    return (symbol == null ? known.at(written.address()) : known.behind(symbol, written.offset()))
        .map(place -> new Location(null, place.symbol(), place.offset(), 0))
        .orElse(written);
  }

  @Override
  public boolean isEntry(String symbol, long offset) {
    Location actual = actual(new Location(null, symbol, offset, 0));
    return machine
        .symbols()
        .find(String.valueOf(actual.symbol()))
        .map(
            found ->
                actual.offset() == 0 || found.address() + actual.offset() == found.entryProbe())
        .orElse(false);
  }
}
