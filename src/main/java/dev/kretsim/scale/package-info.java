/**
 * How fast a pool is on a machine with more CPUs than this one: its real code over simulated
 * coherence.
 */
@NullMarked
package dev.kretsim.scale;

import org.jspecify.annotations.NullMarked;
