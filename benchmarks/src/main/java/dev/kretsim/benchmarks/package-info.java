/**
 * What a hit and its pool, a plan and the reading of a trace cost, beside a floor in the same run.
 *
 * <p>{@link dev.kretsim.benchmarks.Runner} measures all and judges the ratios; {@code result.Bars}
 * lists them, {@code Group} says what is run. One alone: {@code java -jar
 * benchmarks/target/benchmarks.jar PoolBenchmark -t 2 -prof gc}. Read ratios to the floor, not
 * nanoseconds; figures with two threads or more mean something only while nothing else runs on the
 * machine.
 */
@NullMarked
package dev.kretsim.benchmarks;

import org.jspecify.annotations.NullMarked;
