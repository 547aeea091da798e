/**
 * What {@code trace-cmd report} prints, around events or the function graph.
 *
 * <p>Only what differs from the kernel's own text belongs here. Used by {@code trace.read}; read
 * {@code TraceCmdParser} first.
 */
@NullMarked
package dev.kretsim.trace.tracecmd;

import org.jspecify.annotations.NullMarked;
