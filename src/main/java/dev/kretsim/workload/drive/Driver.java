package dev.kretsim.workload.drive;

import dev.kretsim.kernel.machine.Machine;
import java.util.List;
import java.util.function.LongSupplier;

/** Runs threads on a machine until all of them have exited. */
public abstract class Driver {
  /**
   * {@return a clock that tells nanoseconds from the start of the run, for bodies that stop at a
   * time}
   */
  public abstract LongSupplier clock();

  /**
   * Is told of steps that handlers took, which no thread takes.
   *
   * @param steps how many
   * @throws dev.kretsim.kernel.BadInputException if that is more than a run may take
   */
  public void pay(long steps) {}

  /**
   * Runs to the end.
   *
   * @param machine booted, with its probes
   * @param threads what is run, dealt out to the CPUs in turn
   * @param agenda what else is to be done meanwhile
   * @return how long it took, in nanoseconds of the driver's clock
   * @throws IllegalStateException if the threads can never exit
   */
  public abstract long run(Machine machine, List<Kthread> threads, Agenda agenda);
}
