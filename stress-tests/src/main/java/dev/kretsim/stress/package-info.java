/**
 * Pools, locks and probes that ship, on real memory and real threads: what two emulated CPUs may
 * see of each other.
 *
 * <p>Run all with {@code java -jar stress-tests/target/jcstress.jar -t
 * 'dev.kretsim.stress.(pool|lock|probe)'}; the broken twins, which must fail, with {@code -t
 * dev.kretsim.stress.twins}.
 */
@NullMarked
package dev.kretsim.stress;

import org.jspecify.annotations.NullMarked;
