/**
 * Many machines' plans joined into one number for all of them.
 *
 * <p>Each host is planned by itself; what is joined are numbers alone, in an order that does not
 * depend on who was done first. Used by the command line; read {@code FleetPlanner} first.
 */
@NullMarked
package dev.kretsim.fleet;

import org.jspecify.annotations.NullMarked;
