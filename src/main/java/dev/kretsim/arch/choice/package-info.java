/**
 * The choice of an architecture: what differs between them and is no instruction.
 *
 * <p>A new architecture is a room beside {@code arch.x86} and a constant of {@code Arch}. Used by
 * everybody who makes a machine; read {@code Arch}, the only class.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.arch.choice;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
