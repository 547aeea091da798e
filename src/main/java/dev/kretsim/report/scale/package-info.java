/**
 * Predictions for large machines, as table and JSON.
 *
 * <p>Used by {@code scale}; read {@code Report}, the only class.
 */
@NullMarked
package dev.kretsim.report.scale;

import org.jspecify.annotations.NullMarked;
