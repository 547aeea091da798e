/**
 * Scripts that record what {@code kretsim plan} reads.
 *
 * <p>They are printed, never run here. Read {@code RecordScript} first.
 */
@NullMarked
package dev.kretsim.report.record;

import org.jspecify.annotations.NullMarked;
