/** Readers that turn traces of real kernels into a time-ordered stream of calls. */
@NullMarked
package dev.kretsim.trace;

import org.jspecify.annotations.NullMarked;
