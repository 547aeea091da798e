/**
 * Races of hits with registration, with the text that is poked, and with tasks that die.
 *
 * <p>Read {@code ProbedMachine} first.
 */
@NullMarked
package dev.kretsim.stress.probe;

import org.jspecify.annotations.NullMarked;
