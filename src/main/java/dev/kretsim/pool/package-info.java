/**
 * Fixed pools of kretprobe instances: the kernel's three designs, and rivals to them, behind one
 * interface.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.pool;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
