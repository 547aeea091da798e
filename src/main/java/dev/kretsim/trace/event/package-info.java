/**
 * Kprobe events as the kernel and perf print them.
 *
 * <p>A new tool that prints such events is a prefix here, if its lines differ there only. Used by
 * {@code trace.read} and {@code trace.tracecmd}; read {@code EventsParser} first.
 */
@NullMarked
package dev.kretsim.trace.event;

import org.jspecify.annotations.NullMarked;
