package dev.kretsim.stress.probe;

import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.registry.Kprobes;
import java.util.function.Function;

/**
 * What a probed machine is made from, for one machine; a twin replaces a part.
 *
 * @param boot makes the machine's kprobes
 * @param entering called by each entry handler
 * @param returning called by each return handler
 */
public record ProbeParts(
    KernelVersion version,
    Memory.Factory memories,
    Function<Machine, Kprobes> boot,
    Kretprobe.EntryHandler entering,
    Kretprobe.Handler returning) {
  /** What ships. */
  public static ProbeParts of(KernelVersion version) {
    return with(version, version.pool());
  }

  /** What ships, with another kernel's pool. */
  public static ProbeParts with(KernelVersion version, PoolDesign pool) {
    return new ProbeParts(
        version,
        RealMemory::new,
        machine -> Kprobes.boot(machine, pool, LockDesigns.QUEUED),
        (instance, regs) -> 0,
        (instance, regs) -> {});
  }
}
