/**
 * Fleets as table, JSON, CSV and Markdown.
 *
 * <p>Used by {@code fleet}; read {@code Text} first.
 */
@NullMarked
package dev.kretsim.report.fleet;

import org.jspecify.annotations.NullMarked;
