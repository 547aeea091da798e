package dev.kretsim.kernel.machine;

import dev.kretsim.kernel.text.KernelModule;

/** Is told when text of modules comes and goes. */
public interface ModuleListener {
  /**
   * The module's text is in place; its init function has not run yet.
   *
   * @param module which is {@code COMING}
   */
  default void coming(KernelModule module) {}

  /**
   * The module's init text is about to be freed.
   *
   * @param module which is about to be {@code LIVE}
   */
  void live(KernelModule module);

  /**
   * All of the module's text is about to be freed.
   *
   * @param module which is {@code GOING}
   */
  void going(KernelModule module);
}
