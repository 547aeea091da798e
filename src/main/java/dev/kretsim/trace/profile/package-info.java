/**
 * Snapshots of {@code kprobe_profile}, and what happened between two of them.
 *
 * <p>Used by plans from counters; read {@code ProfileDelta}, the only class.
 */
@NullMarked
package dev.kretsim.trace.profile;

import org.jspecify.annotations.NullMarked;
