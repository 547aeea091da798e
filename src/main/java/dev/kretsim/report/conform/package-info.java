/**
 * What a replay of recordings found, as table and JSON.
 *
 * <p>Used by {@code conform}; read {@code Report}, the only class.
 */
@NullMarked
package dev.kretsim.report.conform;

import org.jspecify.annotations.NullMarked;
