/**
 * Our own files of calls, as CSV and as bytes: written by {@code import}, read like any trace.
 *
 * <p>Used by {@code trace.read} and the command line; read {@code CallsFile} first.
 */
@NullMarked
package dev.kretsim.trace.calls;

import org.jspecify.annotations.NullMarked;
