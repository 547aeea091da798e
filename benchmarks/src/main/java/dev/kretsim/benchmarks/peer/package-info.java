/**
 * Who takes part in benchmarks of pools: our designs and the kernel's, pools and queues that others
 * have written, and the floor that shares nothing.
 *
 * <p>A new peer is a {@code Contender} and a constant of {@code Peer}; a new pool needs nothing
 * here, it is found by its name. Used by the benchmarks; read {@code Contender} first.
 */
@NullMarked
package dev.kretsim.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
