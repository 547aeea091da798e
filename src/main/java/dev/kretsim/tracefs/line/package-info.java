/**
 * Lines for {@code kprobe_events}: their grammar, and what each kernel version says to a bad one.
 *
 * <p>Nothing here needs a machine: whether a function is there, and may be probed, is found out by
 * {@code tracefs.event}. Read {@code ProbeLine} first.
 */
@NullMarked
package dev.kretsim.tracefs.line;

import org.jspecify.annotations.NullMarked;
