package dev.kretsim.plan.load;

import dev.kretsim.workload.random.Arrivals;
import dev.kretsim.workload.random.Lengths;

/**
 * What is drawn of an open load: gaps between calls, and how long each call stays.
 *
 * @param gapNs the mean gap
 */
public record OpenSource(Arrivals.Gaps gaps, Lengths holds, double gapNs) {}
