/**
 * What all reports share: JSON, tables of text, quantities with their units.
 *
 * <p>Each command's results have a room of their own beside this. Read {@code TextTable} first.
 */
@NullMarked
package dev.kretsim.report;

import org.jspecify.annotations.NullMarked;
