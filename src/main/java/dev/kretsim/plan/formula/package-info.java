/**
 * Formulas for what a pool misses: Erlang B, the closed ghost chain, the number inside.
 *
 * <p>Each names its source and where it is exact. Used beside simulated and counted curves; read
 * {@code ErlangB} first.
 */
@NullMarked
package dev.kretsim.plan.formula;

import org.jspecify.annotations.NullMarked;
