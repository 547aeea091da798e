/**
 * Schedulers of emulated CPUs, in virtual time and on real threads: one loop, two clocks.
 *
 * <p>Bodies of functions are lists of {@code Step}s; what they call is not known here. Used by
 * {@code workload.run} and by the replay of recordings; read {@code CpuLoop} first.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.workload.drive;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
