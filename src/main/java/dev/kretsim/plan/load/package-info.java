/**
 * Loads by description, played until their curve is known well enough.
 *
 * <p>Open and closed sources, engines that play them, splitting for what is rare. Used by {@code
 * plan.advise}; read {@code SyntheticLoad} and {@code SyntheticRun} first.
 */
@NullMarked
package dev.kretsim.plan.load;

import org.jspecify.annotations.NullMarked;
