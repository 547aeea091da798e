/**
 * Entries and returns become calls: by task, by depth, and in order of return.
 *
 * <p>What is common to all formats; how a format shows entries and returns is in its own room. Used
 * by the rooms of formats; read {@code CallMatcher} first.
 */
@NullMarked
package dev.kretsim.trace.pairing;

import org.jspecify.annotations.NullMarked;
