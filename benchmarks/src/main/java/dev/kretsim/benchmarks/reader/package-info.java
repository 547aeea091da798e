/**
 * Times the reading of trace files as users do it: whole processes, beside the line of awk that
 * they would write instead.
 *
 * <p>{@code ReaderRun} is where to begin; the traces are made up by {@code TraceScript}.
 */
@NullMarked
package dev.kretsim.benchmarks.reader;

import org.jspecify.annotations.NullMarked;
