package dev.kretsim.stress.twins;

import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.probe.TwinProbes;
import dev.kretsim.stress.probe.ProbeParts;

/** What a machine with a planted bug is made from. */
final class PlantedParts {
  private PlantedParts() {}

  static ProbeParts of(TwinProbes twin, KernelVersion version) {
    return new ProbeParts(
        version,
        twin.memories(RealMemory::new),
        machine -> twin.boot(machine, version.pool()),
        twin.entryHandler(),
        twin.handler());
  }
}
