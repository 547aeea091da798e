package dev.kretsim.tracefs.line;

import org.jspecify.annotations.Nullable;

/** What a line's reader has to know of a kernel's functions. */
public interface Functions {
  /**
   * How many symbols have that name.
   *
   * @param module to look in; null for everywhere
   */
  int count(@Nullable String module, String symbol);

  boolean isLoaded(String module);

  /** Whether that many bytes into a function is still its entry. */
  boolean isEntry(String symbol, long offset);
}
