/**
 * The door of the planner for programs: a plan of a trace, a plan of a load, a curve of calls.
 *
 * <p>No option and no output of the command line comes in here. Used by whoever builds on kretsim;
 * read {@code Planning} first.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.plan.ask;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
