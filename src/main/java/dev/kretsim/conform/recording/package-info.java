/**
 * Recordings of real kernels as files, and what comparing one with a replay finds.
 *
 * <p>Nothing here replays anything. Used by {@code conform.driver} and {@code conform.replay}; read
 * {@code Recording} first.
 */
@NullMarked
package dev.kretsim.conform.recording;

import org.jspecify.annotations.NullMarked;
