/**
 * What differs between processors: registers, where a return address lives, what a breakpoint is.
 */
@NullMarked
package dev.kretsim.arch;

import org.jspecify.annotations.NullMarked;
