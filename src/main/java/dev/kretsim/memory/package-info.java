/**
 * The words that emulated CPUs share, on named cache lines, behind one interface with several back
 * ends.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.memory;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
