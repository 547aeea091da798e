/**
 * Distributions of times, processes of arrivals and the numbers they are written with.
 *
 * <p>A new distribution is a constant or a record of {@code Distribution}, its text, and a test of
 * its moments. Used by scenarios and by described loads of {@code plan.load}; read {@code
 * Distribution} first.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.workload.random;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
