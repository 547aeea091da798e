/**
 * The door of the traces: what a file is, which format reads it, and the passes over it.
 *
 * <p>A new format is a room beside the others and a constant of {@code TraceFormat}. Used by plans
 * and commands; read {@code TraceReader} first.
 */
@NullMarked
package dev.kretsim.trace.read;

import org.jspecify.annotations.NullMarked;
