package dev.kretsim.benchmarks;

import java.util.SortedMap;

/**
 * One benchmark with some parameters fixed, run in one fork at a time; those left open are all run.
 *
 * @param benchmark a regular expression for class and method
 * @param main whether it belongs to a run of the main benchmarks, and so to a quick one
 * @param paced whether it runs with the runner's iterations and not with its own
 */
record Cell(
    String benchmark, int threads, SortedMap<String, String> params, boolean main, boolean paced) {}
