/** The command {@code fleet}: one number for many hosts. */
@NullMarked
package dev.kretsim.command.fleet;

import org.jspecify.annotations.NullMarked;
