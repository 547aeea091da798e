/**
 * The machine: CPUs, tasks, interrupts, grace periods, and machine code run to its return.
 *
 * <p>Whatever a probe touches of the rest of a kernel may come in; probes themselves live one floor
 * up. Read {@code Machine} first, then {@code Cpu}, whose {@code enter} and {@code leave} are a
 * call.
 */
@NullMarked
package dev.kretsim.kernel.machine;

import org.jspecify.annotations.NullMarked;
