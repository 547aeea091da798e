/** The command {@code scale} and its check against published data. */
@NullMarked
package dev.kretsim.command.scale;

import org.jspecify.annotations.NullMarked;
