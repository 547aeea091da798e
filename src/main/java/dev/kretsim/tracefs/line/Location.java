package dev.kretsim.tracefs.line;

import org.jspecify.annotations.Nullable;

/**
 * Where a probe goes.
 *
 * @param module named before a colon; null for none
 * @param symbol null for a bare address
 * @param offset bytes into the symbol
 * @param address where no symbol is named
 */
public record Location(
    @Nullable String module, @Nullable String symbol, long offset, long address) {
  static Location at(long address) {
    return new Location(null, null, 0, address);
  }

  /** The symbol as it was written, with its module; null for a bare address. */
  public @Nullable String fullSymbol() {
    return module == null ? symbol : module + ":" + symbol;
  }

  /** As the listing shows it, and as a deletion has to spell it. */
  public String text() {
    String name = fullSymbol();
    if (name == null) {
      return "0x" + Long.toHexString(address);
    }
    return offset == 0 ? name : name + "+" + offset;
  }
}
