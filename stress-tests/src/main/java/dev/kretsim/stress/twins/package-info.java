/**
 * Pools, locks and probes that are broken on purpose: each must be caught by the test it stands in
 * for.
 */
@NullMarked
package dev.kretsim.stress.twins;

import org.jspecify.annotations.NullMarked;
