/**
 * Recordings of the tracefs interface, replayed on probe events: lines and their refusals, counters
 * of sleeping user processes, and storms of calls.
 *
 * <p>Used by {@code conform.replay}; read {@code TracefsReplay} first.
 */
@NullMarked
package dev.kretsim.conform.tracefs;

import org.jspecify.annotations.NullMarked;
