package dev.kretsim.lock;

import java.util.List;
import java.util.Optional;

/** The forms of a lock that ship, and all that the class path offers. */
public final class LockDesigns {
  public static final LockDesign TAS = new TestAndSetDesign();
  public static final LockDesign TICKET = new TicketDesign();
  public static final LockDesign QUEUED = new QueuedDesign();

  private LockDesigns() {}

  /** The forms that ship. */
  public static List<LockDesign> shipped() {
    return List.of(TAS, TICKET, QUEUED);
  }

  /**
   * Those that ship, and then every other that the thread's context class loader finds, by name.
   *
   * @throws IllegalStateException if a form cannot be loaded, or two have one name
   */
  public static List<LockDesign> all() {
    return Named.found(LockDesign.class, LockDesign::name, shipped());
  }

  /** The form of that name, such as {@code "queued"}. */
  public static Optional<LockDesign> named(String name) {
    return all().stream().filter(design -> design.name().equals(name)).findFirst();
  }

  /** All names, for messages. */
  public static String names() {
    return String.join(", ", all().stream().map(LockDesign::name).toList());
  }
}
