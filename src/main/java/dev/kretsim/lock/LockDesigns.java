package dev.kretsim.lock;

import java.util.List;
import java.util.Optional;

/** The forms of a lock that ship, and all that the class path offers. */
public final class LockDesigns {
  /** Test and set: no order among those who wait. */
  public static final LockDesign TAS = new TestAndSetDesign();

  /** Tickets: first come, first served, and all waiters look at one word. */
  public static final LockDesign TICKET = new TicketDesign();

  /** A queue: first come, first served, and each waiter looks at a word of its own. */
  public static final LockDesign QUEUED = new QueuedDesign();

  private LockDesigns() {}

  /** {@return the designs that ship, in the order in which tables show them} */
  public static List<LockDesign> shipped() {
    return List.of(TAS, TICKET, QUEUED);
  }

  /**
   * {@return those that ship, and then every other that the thread's context class loader finds, by
   * name}
   *
   * @throws IllegalStateException if a form cannot be loaded, or two have one name
   */
  public static List<LockDesign> all() {
    return Named.found(LockDesign.class, LockDesign::name, shipped());
  }

  /**
   * {@return the design of that name; empty if there is none}
   *
   * @param name such as {@code "queued"}
   */
  public static Optional<LockDesign> named(String name) {
    return all().stream().filter(design -> design.name().equals(name)).findFirst();
  }

  /** {@return all names, for messages} */
  public static String names() {
    return String.join(", ", all().stream().map(LockDesign::name).toList());
  }
}
