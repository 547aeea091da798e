/**
 * Fleets that are described, not recorded: how many hosts would miss how much.
 *
 * <p>Used by {@code fleet simulate}; read {@code FleetSimulation} first.
 */
@NullMarked
package dev.kretsim.fleet.simulate;

import org.jspecify.annotations.NullMarked;
