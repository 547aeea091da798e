package dev.kretsim.conform.driver;

import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.text.KernelModule;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.workload.drive.Routine;
import dev.kretsim.workload.drive.Step;
import java.util.Set;

/**
 * The module {@code kro_vic} of the recordings, which is loaded and unloaded under probes: its init
 * and exit functions each call its target once, and a parameter makes it call the target.
 */
public final class VictimModule {
  private static final String NAME = "kro_vic";
  private static final long ADDED = 42;
  private static final long FROM_INIT = 100;
  private static final long FROM_EXIT = 200;

  private final Machine machine;
  private final Routine target;
  private final Routine initTarget;
  private final Routine caller;

  public VictimModule(Machine machine) {
    this.machine = machine;
    Set<Symbol.Trait> traceable = Set.of(Symbol.Trait.TRACEABLE);
    target =
        new Routine(
            machine.defineIn(NAME, "vic_target", traceable),
            frame -> new Step.Return(frame.argument() + ADDED));
    initTarget =
        new Routine(
            machine.defineIn(NAME, "vic_init_target", Set.of(Symbol.Trait.INIT)),
            frame -> new Step.Return(frame.argument() + 1));
    caller =
        new Routine(machine.defineIn(NAME, "fire_set", traceable), frame -> new Step.Return(0));
  }

  private KernelModule module() {
    return machine.modules().get(NAME);
  }

  /** {@code insmod}. */
  public void load(Cpu cpu) {
    machine.modules().load(module());
    initTarget.callNow(cpu, FROM_INIT, caller);
    target.callNow(cpu, FROM_INIT, caller);
    machine.modules().finishLoading(module());
  }

  /** {@code rmmod}. */
  public void unload(Cpu cpu) {
    target.callNow(cpu, FROM_EXIT, caller);
    machine.modules().unload(module());
  }

  /** What writing {@code count} to the module's parameter does. */
  public void fire(Cpu cpu, int count) {
    for (int call = 0; call < count; call++) {
      target.callNow(cpu, call, caller);
    }
  }
}
