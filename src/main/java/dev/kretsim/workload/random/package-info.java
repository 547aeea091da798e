/**
 * Distributions of times, processes of arrivals and the numbers they are written with.
 *
 * <p>A new distribution is a constant or a record of {@code Distribution}, its text, and a test of
 * its moments. Used by scenarios and by described loads of {@code plan.load}; read {@code
 * Distribution} first.
 */
@NullMarked
package dev.kretsim.workload.random;

import org.jspecify.annotations.NullMarked;
