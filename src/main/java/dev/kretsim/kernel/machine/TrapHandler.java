package dev.kretsim.kernel.machine;

/**
 * Who takes over when a CPU hits a breakpoint or returns into the trampoline. Implemented by {@code
 * dev.kretsim.probe}.
 */
public interface TrapHandler {
  /**
   * A CPU is about to execute a breakpoint; {@code regs} are those of the function's entry.
   *
   * @param cpu the CPU that traps
   * @param address where the breakpoint is
   * @return whether to go on with the probed instruction; false if a handler redirected execution
   */
  boolean breakpoint(Cpu cpu, long address);

  /**
   * A function has returned into the trampoline; {@code regs} hold its return value.
   *
   * @param cpu the CPU that traps
   * @return the true return address
   */
  long trampoline(Cpu cpu);

  /**
   * {@return whether the CPU is inside a probe's handler or executes a probed instruction}
   *
   * @param cpu any
   */
  boolean handling(Cpu cpu);

  /**
   * A task died; whatever it still held is taken back on {@code cpu}.
   *
   * @param cpu the CPU that it ran on
   * @param task which died
   */
  void taskExited(Cpu cpu, Task task);
}
