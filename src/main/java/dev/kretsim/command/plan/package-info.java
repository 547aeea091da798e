/** The command {@code plan}: its options, by topic, and what reads its sources. */
@NullMarked
package dev.kretsim.command.plan;

import org.jspecify.annotations.NullMarked;
