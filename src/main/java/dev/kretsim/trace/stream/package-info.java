/**
 * The door of the traces for programs: the calls in a file, one after the other.
 *
 * <p>Used by whoever builds on kretsim; read {@code CallStream}, the only class.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.trace.stream;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
