package dev.kretsim.probe;

import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.memory.Memory;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.probe.registry.Kprobes;
import java.util.function.Supplier;

/** What broken probes are built from, for races outside of this package; for one machine. */
public final class TwinProbes {
  private final ProbeScene.Parts parts;

  private TwinProbes(ProbeScene.Parts parts) {
    this.parts = parts;
  }

  /**
   * Makes the parts of a broken probe.
   *
   * @param plantedBug as {@link BrokenProbes#planted} calls it
   */
  public static Supplier<TwinProbes> of(String plantedBug) {
    Supplier<ProbeScene.Parts> parts = BrokenProbes.named(plantedBug);
    return () -> new TwinProbes(parts.get());
  }

  /** What the machine's words are to be made with. */
  public Memory.Factory memories(Memory.Factory whole) {
    return parts.memories().apply(whole);
  }

  /** Boots a machine whose kretprobes use the broken pool, if it is the pool that is broken. */
  public Kprobes boot(Machine machine, PoolDesign kind) {
    return Kprobes.boot(machine, kind, parts.pools(), LockDesigns.QUEUED);
  }

  public Kretprobe.EntryHandler entryHandler() {
    return parts.entryHandler();
  }

  public Kretprobe.Handler handler() {
    return parts.handler();
  }
}
