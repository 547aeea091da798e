/** One small class for each command. */
@NullMarked
package dev.kretsim.cli;

import org.jspecify.annotations.NullMarked;
