package dev.kretsim.probe.hit;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;

/**
 * How kernel versions differ when a followed call returns.
 *
 * @param showsTrueCaller every handler sees the true caller; with rethooks, only the newest does
 * @param recyclesOneByOne each instance goes back right after its own handler; later versions give
 *     all back after the last one, so that a handler can still unwind the stack
 * @param underBucketLock handlers run under the lock of a hash bucket, with interrupts off
 * @param showsCallerAsIp the instruction pointer is the true caller already while handlers run
 * @param busyThroughout probes hit anywhere in the walk are skipped; with rethooks, only those hit
 *     by a handler
 * @param flushesLate what a dead task still held comes back only after a grace period, when the
 *     last reference to the task goes
 */
record ReturnRules(
    boolean showsTrueCaller,
    boolean recyclesOneByOne,
    boolean underBucketLock,
    boolean showsCallerAsIp,
    boolean busyThroughout,
    boolean flushesLate) {
  static ReturnRules of(KernelVersion version, Arch arch) {
    boolean rethook = version.usesRethook(arch);
    boolean modern = version.compareTo(KernelVersion.V6_0) >= 0;
    return new ReturnRules(!rethook, !modern, version.pool().locked(), modern, !rethook, modern);
  }
}
