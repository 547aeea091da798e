/**
 * CPUs that take turns at every access to shared memory, on one thread or on several: operations
 * are stopped there, unwound and run again.
 *
 * <p>What belongs here lets somebody else choose who goes next; choosing itself does not. Used by
 * {@code memory.explore} and by {@code scale}; read {@code Interleaving} first.
 */
@NullMarked
package dev.kretsim.memory.interleave;

import org.jspecify.annotations.NullMarked;
