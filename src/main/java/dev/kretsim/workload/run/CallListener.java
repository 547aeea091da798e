package dev.kretsim.workload.run;

import dev.kretsim.arch.PtRegs;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.KretprobeInstance;
import dev.kretsim.workload.drive.Step;
import dev.kretsim.workload.scenario.Scenario;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Is told what happens in a run, as it happens: for timelines and explanations.
 *
 * <p>Only handlers and bodies call it, never the hit path itself, and a run without a listener has
 * none of its calls. In virtual time one thread calls; with real threads each CPU's own, so that an
 * implementation must be safe for them.
 *
 * <p>Whatever changes a pool happens right after a {@link #step} of kind {@link Step.Call} or
 * {@link Step.Return}, or right before {@link #happened}: in virtual time, the next call of any
 * kind shows what it led to.
 */
public interface CallListener {
  /**
   * The machine exists, no probe is registered.
   *
   * @param machine booted
   * @param clock the driver's, in nanoseconds from the start
   */
  default void booted(Machine machine, LongSupplier clock) {}

  /**
   * All probes are registered; these are the kretprobes, in that order.
   *
   * @param kretprobes in the order of registration
   */
  default void registered(List<Kretprobe> kretprobes) {}

  /**
   * A kretprobe's entry handler is about to run: the instance is popped, nothing replaced yet.
   *
   * @param cpu the CPU that it happens on, driven by the calling thread
   * @param instance the one that follows, or would follow, the call
   * @param regs as they are at the function's entry
   */
  default void popped(Cpu cpu, KretprobeInstance instance, PtRegs regs) {}

  /**
   * The entry handler is through.
   *
   * @param cpu the CPU that it happens on, driven by the calling thread
   * @param instance the one that follows, or would follow, the call
   * @param answer what the handler returned: 0 to follow the call
   */
  default void answered(Cpu cpu, KretprobeInstance instance, int answer) {}

  /**
   * A function's body is about to take its first step: all probes on its entry are through.
   *
   * @param cpu the CPU that it happens on, driven by the calling thread
   * @param function whose body it is
   */
  default void entered(Cpu cpu, Symbol function) {}

  /**
   * A function is about to take a step.
   *
   * @param cpu the CPU that it happens on, driven by the calling thread
   * @param function whose body it is
   * @param step the step that is about to be taken
   */
  default void step(Cpu cpu, Symbol function, Step step) {}

  /**
   * A kretprobe's return handler runs.
   *
   * @param cpu the CPU that it happens on, driven by the calling thread
   * @param instance the one that follows, or would follow, the call
   * @param regs as the function leaves them
   */
  default void handling(Cpu cpu, KretprobeInstance instance, PtRegs regs) {}

  /**
   * An event of the scenario has happened.
   *
   * @param event which
   */
  default void happened(Scenario.EventSpec event) {}

  /** All threads have exited. */
  default void ended() {}
}
