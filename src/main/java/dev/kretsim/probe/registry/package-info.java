/**
 * The kernel's interface to probes: register, enable, disable, unregister, find by address, walk a
 * stack.
 *
 * <p>Only what a module could call belongs here. Used by workloads, conformance and explanations;
 * read {@code Kprobes} first.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.probe.registry;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
