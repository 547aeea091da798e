/**
 * Measures the machine at hand, so that it can be simulated and held against what really runs.
 *
 * <p>{@code Measurement} is the entry; {@code CpuTopology} says which CPUs there are, {@code
 * PingPong} and {@code OwnLine} time accesses, a {@code Figure} is what several bouts of one say,
 * and the {@code Description} is what a user gets. {@code Pinned} ties threads to CPUs.
 */
@NullMarked
package dev.kretsim.scale.measure;

import org.jspecify.annotations.NullMarked;
