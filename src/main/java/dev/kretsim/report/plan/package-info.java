/**
 * Plans as table, JSON, CSV, Markdown and page.
 *
 * <p>Used by {@code plan}; read {@code Table} first.
 */
@NullMarked
package dev.kretsim.report.plan;

import org.jspecify.annotations.NullMarked;
