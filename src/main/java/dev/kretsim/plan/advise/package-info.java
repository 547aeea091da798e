/**
 * From what is known of a load to an answer: the size, the reasons, the memory.
 *
 * <p>Traces, counters and described loads each have a planner; they all end in {@code Recommender}.
 * Used by the commands; read {@code Planner} first.
 */
@NullMarked
package dev.kretsim.plan.advise;

import org.jspecify.annotations.NullMarked;
