/**
 * Fleets as table, JSON, CSV, Markdown and a page.
 *
 * <p>Used by {@code fleet}; read {@code Text} first.
 */
@NullMarked
package dev.kretsim.report.fleet;

import org.jspecify.annotations.NullMarked;
