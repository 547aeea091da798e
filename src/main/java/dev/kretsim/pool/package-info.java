/**
 * Fixed pools of kretprobe instances: the kernel's three designs, and rivals, behind one interface.
 */
@NullMarked
package dev.kretsim.pool;

import org.jspecify.annotations.NullMarked;
