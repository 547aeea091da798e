/**
 * The machine: CPUs, tasks, interrupts, grace periods, and machine code run to its return.
 *
 * <p>Whatever a probe touches of the rest of a kernel may come in; probes themselves live one floor
 * up. Read {@code Machine} first, then {@code Cpu}, whose {@code enter} and {@code leave} are a
 * call.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.kernel.machine;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
