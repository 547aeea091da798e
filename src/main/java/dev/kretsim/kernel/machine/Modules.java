package dev.kretsim.kernel.machine;

import dev.kretsim.kernel.text.KernelModule;
import dev.kretsim.kernel.text.SymbolTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The modules of a machine, and who is told when they come and go.
 *
 * <p>One caller at a time, as under the kernel's {@code module_mutex}.
 */
public final class Modules {
  private final SymbolTable symbols;
  private final Map<String, KernelModule> byName = new HashMap<>();
  private final List<ModuleListener> listeners = new ArrayList<>();

  Modules(SymbolTable symbols) {
    this.symbols = symbols;
  }

  /** The module of that name, which need not be known before. */
  KernelModule named(String name) {
    return byName.computeIfAbsent(name, KernelModule::new);
  }

  /**
   * {@return a module by name}
   *
   * @param name one that was given to {@link Machine#defineIn}
   * @throws IllegalArgumentException if nothing was defined in it
   */
  public KernelModule get(String name) {
    KernelModule module = byName.get(name);
    if (module == null) {
      throw new IllegalArgumentException("no such module: " + name);
    }
    return module;
  }

  /**
   * {@return whether a module of that name is loaded, or about to be}
   *
   * @param name any
   */
  public boolean isLoaded(String name) {
    KernelModule module = byName.get(name);
    return module != null && module.state() != KernelModule.State.UNLOADED;
  }

  /**
   * Puts a module's text in place; its init function may be called now.
   *
   * @param module one that is not loaded
   */
  public void load(KernelModule module) {
    requireState(module, KernelModule.State.UNLOADED);
    symbols.restoreText(module);
    module.become(KernelModule.State.COMING);
    listeners.forEach(listener -> listener.coming(module));
  }

  /**
   * The module's init function has returned: its init text goes.
   *
   * @param module one whose init function may run
   */
  public void finishLoading(KernelModule module) {
    requireState(module, KernelModule.State.COMING);
    listeners.forEach(listener -> listener.live(module));
    module.become(KernelModule.State.LIVE);
  }

  /**
   * The module's exit function has returned: its text goes.
   *
   * @param module one that is loaded
   */
  public void unload(KernelModule module) {
    requireState(module, KernelModule.State.LIVE);
    module.become(KernelModule.State.GOING);
    listeners.forEach(listener -> listener.going(module));
    module.become(KernelModule.State.UNLOADED);
  }

  private static void requireState(KernelModule module, KernelModule.State needed) {
    if (module.state() != needed) {
      throw new IllegalStateException(
          "module %s must be %s: state=%s".formatted(module, needed, module.state()));
    }
  }

  /**
   * Adds somebody who is told when modules come and go; told in the order of their coming.
   *
   * @param listener who is told
   */
  public void tell(ModuleListener listener) {
    listeners.add(listener);
  }
}
