/**
 * Scripts of tracefs commands and calls, as {@code kretsim events run} takes them: what a line
 * says.
 *
 * <p>{@code workload.run} carries them out. Read {@code Script} first.
 */
@NullMarked
package dev.kretsim.workload.script;

import org.jspecify.annotations.NullMarked;
