package dev.kretsim.plan;

import dev.kretsim.workload.Arrivals;
import dev.kretsim.workload.Lengths;

/**
 * What an engine draws: gaps between calls, and how long each call stays.
 *
 * @param gapNs the mean gap
 */
record OpenSource(Arrivals.Gaps gaps, Lengths holds, double gapNs) {}
