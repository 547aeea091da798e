/**
 * The words that emulated CPUs share, on named cache lines, behind one interface with several back
 * ends.
 */
@NullMarked
package dev.kretsim.memory;

import org.jspecify.annotations.NullMarked;
