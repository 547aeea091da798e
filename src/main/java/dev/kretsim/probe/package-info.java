/**
 * What users register and handlers see: kprobes, kretprobes, their instances, flags, errors and
 * counts.
 *
 * <p>No policy here: where a probe may stand is {@code probe.site}, what a hit does is {@code
 * probe.hit}. Read {@code Kretprobe} first; {@code probe.registry.Kprobes} registers it.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.probe;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
