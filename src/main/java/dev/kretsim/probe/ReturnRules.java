package dev.kretsim.probe;

import dev.kretsim.arch.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.pool.PoolKind;

/**
 * How kernel versions differ when a followed call returns.
 *
 * @param showsTrueCaller every handler sees the true caller; with rethooks, only the newest does
 * @param recyclesOneByOne each instance goes back right after its own handler; later versions give
 *     all back after the last one, so that a handler can still unwind the stack
 * @param irqsOff handlers run under the lock of a hash bucket, with interrupts off
 */
record ReturnRules(boolean showsTrueCaller, boolean recyclesOneByOne, boolean irqsOff) {
  static ReturnRules of(KernelVersion version, Arch arch) {
    return new ReturnRules(
        !version.usesRethook(arch),
        version.compareTo(KernelVersion.V6_1) < 0,
        version.pool() == PoolKind.HLIST);
  }
}
