package dev.kretsim.pool;

import dev.kretsim.lock.Named;
import java.util.List;
import java.util.Optional;

/** The designs that ship, and all that the class path offers. */
public final class PoolDesigns {
  /** A list under a lock, as in 5.10. */
  public static final PoolDesign HLIST = new HlistDesign();

  /** A list without a lock, as in 6.1. */
  public static final PoolDesign FREELIST = new FreelistDesign();

  /** A ring for each CPU, as in 6.12. */
  public static final PoolDesign OBJPOOL = new ObjpoolDesign();

  /** A queue of a library, to measure against. */
  public static final PoolDesign MPMC = new MpmcDesign();

  /** A slot and a ring for each CPU, which that CPU alone fills; no kernel has it. */
  public static final PoolDesign RING = new RingDesign();

  private PoolDesigns() {}

  /** {@return the designs that ship, in the order in which tables show them} */
  public static List<PoolDesign> shipped() {
    return List.of(HLIST, FREELIST, OBJPOOL, MPMC, RING);
  }

  /**
   * {@return those that ship, and then every other that the thread's context class loader finds, by
   * name}
   *
   * @throws IllegalStateException if a design cannot be loaded, or two have one name
   */
  public static List<PoolDesign> all() {
    return Named.found(PoolDesign.class, PoolDesign::name, shipped());
  }

  /**
   * {@return the design of that name; empty if there is none}
   *
   * @param name such as {@code "hlist"}
   */
  public static Optional<PoolDesign> named(String name) {
    return all().stream().filter(design -> design.name().equals(name)).findFirst();
  }

  /** {@return all names, for messages} */
  public static String names() {
    return String.join(", ", all().stream().map(PoolDesign::name).toList());
  }
}
