/**
 * Runs as table and JSON.
 *
 * <p>Used by {@code run}; read {@code Table} first.
 */
@NullMarked
package dev.kretsim.report.run;

import org.jspecify.annotations.NullMarked;
