/**
 * Simulators of one pool size, by hand and by libraries: what the planner is compared with.
 *
 * <p>Each plays the load that {@code LoadDraws} draws. Used by {@code PlannerBenchmark}; read
 * {@code OneSize} first.
 */
@NullMarked
package dev.kretsim.benchmarks.simulator;

import org.jspecify.annotations.NullMarked;
