/**
 * Histograms of how long calls took, as bcc and bpftrace print them.
 *
 * <p>A new tool is a class that {@code HistogramTables} asks. Used by {@code trace.read} and {@code
 * plan.load}; read {@code HoldHistogram} first.
 */
@NullMarked
package dev.kretsim.trace.histogram;

import org.jspecify.annotations.NullMarked;
