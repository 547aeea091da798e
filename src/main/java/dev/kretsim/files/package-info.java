/**
 * Files as the commands name, write and leave them: whole or not at all, and never in place of
 * something that was still wanted.
 *
 * <p>{@code OutputFile} writes every file that a command is asked for; nothing else may. What this
 * machine cannot do (a full disk, say) is a {@code LimitReachedException}; a place that cannot hold
 * a file is bad input.
 */
@NullMarked
package dev.kretsim.files;

import org.jspecify.annotations.NullMarked;
