/**
 * What is common to all of an emulated kernel: its version, how it preempts, and how it fails.
 *
 * <p>Nothing here may need a machine; a version is a line in {@code KernelVersion}, which decides
 * what differs. Used by every package from here upwards; {@code BadInputException} is what a user
 * sees as one line.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.kernel;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
