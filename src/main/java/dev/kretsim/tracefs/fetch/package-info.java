/**
 * Fetch arguments of probe events: how {@code NAME=+0($arg1):string} is read, what it fetches from
 * registers and memory at a hit, and how the trace shows it.
 *
 * <p>Read {@code ArgumentParser} first, then {@code Fetch}.
 */
@NullMarked
package dev.kretsim.tracefs.fetch;

import org.jspecify.annotations.NullMarked;
