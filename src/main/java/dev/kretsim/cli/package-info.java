/** The entry point, and the commands that are one small class each. */
@NullMarked
package dev.kretsim.cli;

import org.jspecify.annotations.NullMarked;
