/** Replays recordings of real kernels on the emulated one and compares every number. */
@NullMarked
package dev.kretsim.conform;

import org.jspecify.annotations.NullMarked;
