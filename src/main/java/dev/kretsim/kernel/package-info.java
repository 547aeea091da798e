/**
 * The rest of a kernel that a probe touches: machine, CPUs, tasks, text, symbols, stacks, versions.
 */
@NullMarked
package dev.kretsim.kernel;

import org.jspecify.annotations.NullMarked;
