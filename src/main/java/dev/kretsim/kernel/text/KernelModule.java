package dev.kretsim.kernel.text;

/**
 * A loadable module: its text has a place from the start, but is there only while it is loaded.
 *
 * <p>One caller at a time loads and unloads, as under the kernel's {@code module_mutex}.
 */
public final class KernelModule {
  /** Where a module is in its life: {@code enum module_state}. */
  public enum State {
    /** Not there: its symbols are gone. */
    UNLOADED,
    /** Its text is in place and its init function may run. */
    COMING,
    /** Its init text is gone. */
    LIVE,
    /** Its exit function has run. */
    GOING
  }

  private final String name;
  private volatile State state = State.UNLOADED;

  /**
   * Makes a module that is not loaded.
   *
   * @param name as in {@code /proc/modules}
   */
  public KernelModule(String name) {
    this.name = name;
  }

  /** {@return its name, as in {@code /proc/modules}} */
  public String name() {
    return name;
  }

  /** {@return how far it is loaded} */
  public State state() {
    return state;
  }

  /**
   * Says how far it is loaded from now on.
   *
   * @param next its new state
   */
  public void become(State next) {
    state = next;
  }

  boolean has(Symbol symbol) {
    return switch (state) {
      case UNLOADED -> false;
      case COMING -> true;
      case LIVE, GOING -> !symbol.has(Symbol.Trait.INIT);
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
