/**
 * A hit told step by step, as text, JSON and page; runs as timelines for Perfetto.
 *
 * <p>Used by {@code explain} and {@code run}; read {@code Text} first.
 */
@NullMarked
package dev.kretsim.report.explain;

import org.jspecify.annotations.NullMarked;
