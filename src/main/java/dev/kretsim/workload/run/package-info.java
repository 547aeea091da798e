/**
 * A scenario brought to life: machine, probes and tasks made from it, driven to its end, and
 * counted.
 *
 * <p>Whatever a scenario may say is carried out here. Used by the commands and by explanations;
 * read {@code Simulation} first.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.workload.run;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
