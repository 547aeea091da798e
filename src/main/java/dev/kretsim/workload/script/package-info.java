/**
 * Scripts of tracefs commands and calls, as {@code kretsim events run} takes them: what a line
 * says.
 *
 * <p>{@code workload.run} carries them out. Read {@code Script} first.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.workload.script;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
