/**
 * Times the plan of many hosts beside the plans of the same hosts, one after another.
 *
 * <p>{@code FleetRun} is where to begin; {@code HostFolder} makes the hosts up.
 */
@NullMarked
package dev.kretsim.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
