/**
 * What a processor architecture is to a kernel: registers, instructions, memory at addresses. The
 * rooms below it each hold one architecture and use nothing but this one.
 *
 * <p>Start with {@code PtRegs}, which every handler sees, and {@code InstructionSet}. Used by the
 * kernel, the probes and everything above them.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.arch;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
