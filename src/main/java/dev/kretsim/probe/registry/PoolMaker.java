package dev.kretsim.probe.registry;

import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.pool.PoolSpec;
import dev.kretsim.probe.Errno;
import dev.kretsim.probe.KprobeException;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.OutOfMemoryKillException;
import dev.kretsim.probe.Registration;
import java.util.Set;
import java.util.function.Function;

/** Allocates the pools of kretprobes: all of one machine are of one design. */
record PoolMaker(
    Machine machine, PoolDesign design, Function<PoolSpec, InstancePool> pools, LockDesign lock) {
  private static final Set<PoolDesign> NODE_BY_NODE =
      Set.of(PoolDesigns.HLIST, PoolDesigns.FREELIST, PoolDesigns.MPMC);

  /** A registration with a full pool; writes the kernel's default into a kretprobe without one. */
  Registration registration(Kretprobe probe, int sequence) {
    int dataSize = probe.dataSize();
    if (dataSize < 0 || dataSize > Kprobes.MAX_DATA_SIZE) {
      throw new KprobeException(
          Errno.E2BIG, "data_size must be in [0, 4096]: data_size=" + dataSize);
    }
    if (probe.maxactive() <= 0) {
      probe.maxactive(
          machine
              .version()
              .defaultMaxactive(machine.spec().preemption(), machine.spec().possibleCpus()));
    }
    int maxactive = probe.maxactive();
    int most = design.maxCapacity(machine.contexts().count());
    if (maxactive > most) {
      throw noRoomFor(maxactive, "maxactive must be <= " + most);
    }
    PoolSpec spec = new PoolSpec(maxactive, machine.contexts(), machine.memories(), lock);
    boolean ownerCounts =
        !design.equals(PoolDesigns.FREELIST) || machine.version().usesRethook(machine.arch());
    try {
      return new Registration(probe, sequence, design, pools.apply(spec), spec, ownerCounts);
    } catch (OutOfMemoryError tooSmallAHeap) {
      RuntimeException refused =
          noRoomFor(maxactive, "the heap is too small for the pool (java -Xmx gives more)");
      refused.initCause(tooSmallAHeap);
      throw refused;
    }
  }

  /** Rings are asked for in large blocks and refused; lists ask for little until all is gone. */
  private RuntimeException noRoomFor(int maxactive, String reason) {
    return !NODE_BY_NODE.contains(design)
        ? new KprobeException(Errno.ENOMEM, reason + ": maxactive=" + maxactive)
        : new OutOfMemoryKillException(
            "the registering process is killed: " + reason + ": maxactive=" + maxactive);
  }
}
