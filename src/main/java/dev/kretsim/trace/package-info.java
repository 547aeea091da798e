/**
 * Calls as they come out of a trace, and where a trace comes from: files, pipes, packed or not.
 *
 * <p>Formats live in the rooms below; nothing here knows one. Read {@code Call} and {@code
 * CallConsumer} first; {@code trace.read.TraceReader} hands them out.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.trace;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
