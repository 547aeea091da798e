/**
 * Probe events on an emulated machine: defined by lines, switched on and off, counted and traced as
 * tracefs does it.
 *
 * <p>A hit is handled in {@code EventProbe}. Used by {@code workload.script} and {@code
 * conform.tracefs}; read {@code ProbeEvents} first.
 */
@NullMarked
package dev.kretsim.tracefs.event;

import org.jspecify.annotations.NullMarked;
