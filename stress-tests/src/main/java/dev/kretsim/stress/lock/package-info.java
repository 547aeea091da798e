/**
 * Races on a raw spinlock: one CPU inside at a time, which sees what the one before it did.
 *
 * <p>Read {@code LockedCounter} first.
 */
@NullMarked
package dev.kretsim.stress.lock;

import org.jspecify.annotations.NullMarked;
