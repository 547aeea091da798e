package dev.kretsim.tracefs.fetch;

import org.jspecify.annotations.Nullable;

/**
 * The place that arguments are fetched at.
 *
 * @param function its name; null for a bare address
 * @param onReturn of a return probe
 * @param onEntry a function's entry
 */
public record Probed(@Nullable String function, boolean onReturn, boolean onEntry) {
  /** Whether the function's arguments can be had there. */
  boolean knowsArguments() {
    return onEntry || onReturn;
  }
}
