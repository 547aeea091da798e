package dev.kretsim.kernel.machine;

import dev.kretsim.kernel.text.Symbol;

/** Runs functions whose body is written in Java, when machine code calls them. */
@FunctionalInterface
public interface HostCalls {
  /**
   * Runs the body of {@code function}, to its end.
   *
   * @param cpu the CPU that calls it
   * @param function one whose body is written in Java
   * @return its value
   */
  long call(Cpu cpu, Symbol function);
}
