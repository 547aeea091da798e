/** Raw spinlocks as the kernel builds them, and the CPU state they save and restore. */
@NullMarked
package dev.kretsim.lock;

import org.jspecify.annotations.NullMarked;
