/**
 * Misses for every size at once: each call hunts for the lowest free index, and how sure the counts
 * are.
 *
 * <p>The loops here run once a call; nothing here knows where calls come from. Used by {@code
 * plan.load} and {@code plan.advise}; read {@code MissCurve} and {@code FreeIndexes} first.
 */
@NullMarked
package dev.kretsim.plan.curve;

import org.jspecify.annotations.NullMarked;
