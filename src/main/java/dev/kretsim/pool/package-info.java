/**
 * Fixed pools of kretprobe instances: the kernel's three designs, and rivals to them, behind one
 * interface.
 */
@NullMarked
package dev.kretsim.pool;

import org.jspecify.annotations.NullMarked;
