/**
 * Recordings replayed on the matching kernel, each kind in its own way, and counted.
 *
 * <p>A new kind of recording is a class here that {@code Conformance} chooses. Used by the command
 * line; read {@code Conformance} first.
 */
@NullMarked
package dev.kretsim.conform.replay;

import org.jspecify.annotations.NullMarked;
