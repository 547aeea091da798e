/**
 * Times whole processes, from their start to their end, as users wait for them.
 *
 * <p>{@code WholeProcess} times one; {@code StartRun} is about those that end soon.
 */
@NullMarked
package dev.kretsim.benchmarks.process;

import org.jspecify.annotations.NullMarked;
