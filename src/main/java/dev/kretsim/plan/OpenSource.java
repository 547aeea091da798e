package dev.kretsim.plan;

import dev.kretsim.workload.Arrivals;
import dev.kretsim.workload.Lengths;

/**
 * What is drawn of an open load: gaps between calls, and how long each call stays.
 *
 * @param gapNs the mean gap
 */
public record OpenSource(Arrivals.Gaps gaps, Lengths holds, double gapNs) {}
