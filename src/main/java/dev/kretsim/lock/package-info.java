/** Raw spinlocks as the kernel builds them, and the CPU state they save and restore. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.lock;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
