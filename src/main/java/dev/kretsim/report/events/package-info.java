/**
 * What {@code kretsim events} prints.
 *
 * <p>The forms that the kernel prints itself come from {@code tracefs.event}. Read {@code
 * CheckReport} first.
 */
@NullMarked
package dev.kretsim.report.events;

import org.jspecify.annotations.NullMarked;
