/**
 * What is common to all of an emulated kernel: its version, how it preempts, and how it fails.
 *
 * <p>Nothing here may need a machine; a version is a line in {@code KernelVersion}, which decides
 * what differs. Used by every package from here upwards; {@code BadInputException} is what a user
 * sees as one line.
 */
@NullMarked
package dev.kretsim.kernel;

import org.jspecify.annotations.NullMarked;
