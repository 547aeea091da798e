/**
 * The function_graph tracer: columns, durations, calls inside calls and inside interrupts.
 *
 * <p>Used by {@code trace.read} and {@code trace.tracecmd}; read {@code GraphParser} first.
 */
@NullMarked
package dev.kretsim.trace.graph;

import org.jspecify.annotations.NullMarked;
