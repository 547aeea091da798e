/**
 * What was measured, the ratios drawn from it, and how they are shown.
 *
 * <p>A ratio that is asked for is a line in {@code Bars}. Used by the runner; read {@code
 * Measurement} first.
 */
@NullMarked
package dev.kretsim.benchmarks.result;

import org.jspecify.annotations.NullMarked;
