/** The command {@code events} and its subcommands: lines for tracefs, checked, run and counted. */
@NullMarked
package dev.kretsim.command.events;

import org.jspecify.annotations.NullMarked;
