package dev.kretsim.pool;

import dev.kretsim.lock.Named;
import java.util.List;
import java.util.Optional;

/** The designs that ship, and all that the class path offers. */
public final class PoolDesigns {
  public static final PoolDesign HLIST = new HlistDesign();
  public static final PoolDesign FREELIST = new FreelistDesign();
  public static final PoolDesign OBJPOOL = new ObjpoolDesign();
  public static final PoolDesign MPMC = new MpmcDesign();
  public static final PoolDesign RING = new RingDesign();

  private PoolDesigns() {}

  /** The designs that ship, in the order in which tables show them. */
  public static List<PoolDesign> shipped() {
    return List.of(HLIST, FREELIST, OBJPOOL, MPMC, RING);
  }

  /**
   * Those that ship, and then every other that the thread's context class loader finds, by name.
   *
   * @throws IllegalStateException if a design cannot be loaded, or two have one name
   */
  public static List<PoolDesign> all() {
    return Named.found(PoolDesign.class, PoolDesign::name, shipped());
  }

  /** The design of that name, such as {@code "hlist"}. */
  public static Optional<PoolDesign> named(String name) {
    return all().stream().filter(design -> design.name().equals(name)).findFirst();
  }

  /** All names, for messages. */
  public static String names() {
    return String.join(", ", all().stream().map(PoolDesign::name).toList());
  }
}
