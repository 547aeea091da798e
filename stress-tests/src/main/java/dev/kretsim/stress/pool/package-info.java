/**
 * Races on the instances of a pool.
 *
 * <p>Each design that ships has its tests; one of your own is raced by {@code DesignStress}. Read
 * {@code Pools} first.
 */
@NullMarked
package dev.kretsim.stress.pool;

import org.jspecify.annotations.NullMarked;
