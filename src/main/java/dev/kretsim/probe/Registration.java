package dev.kretsim.probe;

import dev.kretsim.kernel.LawBrokenException;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolLifetime;
import dev.kretsim.pool.PoolSpec;
import org.jspecify.annotations.Nullable;

/**
 * One registration of a kretprobe: its pool, its instances and what it counted. It outlives the
 * registration, so that calls still in flight find out that it is over.
 *
 * <p><b>Kernel counterpart.</b> {@code struct kretprobe_holder}, {@code struct rethook}.
 */
public final class Registration {
  /** Huge pools are asked for by mistake: the instances of these are made when first taken. */
  private static final int EAGER = 1 << 16;

  private final Kretprobe kretprobe;
  private final int dataSize;
  private final int sequence;
  private final PoolDesign design;
  private final boolean locked;
  private final InstancePool pool;
  private final @Nullable KretprobeInstance[] instances;
  private final Ledger ledger;
  private final Memory counters;
  private final int nmissedWord;
  private final @Nullable PoolLifetime lifetime;
  private volatile boolean freed;
  private long handleBase;
  private volatile boolean alive = true;

  /**
   * Makes the instances and the counts of a registration.
   *
   * @param kretprobe whose registration this is
   * @param sequence its position in the order of registrations
   * @param design what kind of pool that is
   * @param pool full, and in nobody's hands yet
   * @param spec what the pool was made from
   * @param ownerCounts whether the pool lives until its owner retires it too, as a rethook's and an
   *     objpool does
   */
  public Registration(
      Kretprobe kretprobe,
      int sequence,
      PoolDesign design,
      InstancePool pool,
      PoolSpec spec,
      boolean ownerCounts) {
    this.kretprobe = kretprobe;
    this.dataSize = kretprobe.dataSize();
    this.sequence = sequence;
    this.design = design;
    this.locked = design.locked();
    this.pool = pool;
    this.instances = new KretprobeInstance[spec.capacity()];
    for (int number = 0; number < Math.min(EAGER, instances.length); number++) {
      instances[number] = new KretprobeInstance(this, number, dataSize);
    }
    this.ledger = new Ledger(spec.cpus().count());
    Layout layout = new Layout();
    this.nmissedWord = layout.reserve(1);
    this.counters = spec.memories().create(layout);
    // Instances of a list under a lock share nothing: each is freed by itself.
    this.lifetime =
        design.locked()
            ? null
            : ownerCounts
                ? PoolLifetime.ofInstancesAndOwner(pool, spec.memories(), this::free)
                : PoolLifetime.ofInstances(pool, spec.memories(), this::free);
  }

  /** {@return the kretprobe that was registered} */
  public Kretprobe kretprobe() {
    return kretprobe;
  }

  /** {@return what kind of pool it has} */
  public PoolDesign poolDesign() {
    return design;
  }

  /** {@return the pool, for looking at its layout; taking from it would break the laws} */
  public InstancePool pool() {
    return pool;
  }

  /** {@return what became of its calls; exact only while no CPU is inside a probe} */
  public Tally tally() {
    long followed = ledger.total(Ledger.Event.FOLLOWED);
    long handled = ledger.total(Ledger.Event.HANDLED);
    long flushed = ledger.total(Ledger.Event.FLUSHED);
    long orphaned = ledger.total(Ledger.Event.ORPHANED);
    return new Tally(
        ledger.total(Ledger.Event.ENTRY),
        handled,
        ledger.total(Ledger.Event.DECLINED),
        ledger.total(Ledger.Event.MISSED),
        ledger.total(Ledger.Event.NESTED),
        ledger.total(Ledger.Event.NMI),
        followed - handled - flushed - orphaned,
        flushed,
        orphaned,
        alive ? pool.free() : 0);
  }

  /**
   * Checks that every instance and every call is accounted for; to be called while no CPU is inside
   * a probe.
   *
   * @throws LawBrokenException with the numbers, if law L1 or L2 does not hold
   */
  public void checkLaws() {
    Tally tally = tally();
    long accounted =
        tally.handled()
            + tally.declined()
            + tally.missed()
            + tally.nested()
            + tally.nmi()
            + tally.stillInside()
            + tally.flushed()
            + tally.orphaned();
    if (tally.entries() != accounted || tally.stillInside() < 0) {
      throw new LawBrokenException("L2 accounting: " + this + " " + tally);
    }
    long held = 0;
    for (KretprobeInstance instance : instances) {
      held += instance != null && instance.held() ? 1 : 0;
    }
    // The held marks and the ledger are kept apart, so each checks the other.
    boolean conserved =
        held == tally.stillInside()
            && (!alive || tally.free() + held == instances.length)
            && (alive
                || lifetime == null
                || (lifetime.references() == held && freed == (held == 0)));
    if (!conserved) {
      throw new LawBrokenException(
          "L1 conservation: %s maxactive=%d held=%d %s"
              .formatted(this, instances.length, held, tally));
    }
  }

  /** {@return the position in the order of registrations, which decides the order of handlers} */
  public int sequence() {
    return sequence;
  }

  /**
   * {@return whether its return handler has its turn after the other's: younger ones on the same
   * function} Functions that call each other last, and so return together, are in no order.
   *
   * @param other another registration
   */
  public boolean comesAfter(Registration other) {
    return sequence > other.sequence || kretprobe.kp().addr() != other.kretprobe.kp().addr();
  }

  /** {@return whether the kretprobe is still registered} */
  public boolean alive() {
    return alive;
  }

  /** The kretprobe is gone, but hits that began before may still give instances back. */
  public void end() {
    alive = false;
  }

  /**
   * Nobody gives back to the pool any more: what is free goes, the rest as it returns.
   *
   * @param cpu the CPU that retires it
   */
  public void retire(int cpu) {
    if (lifetime != null) {
      lifetime.retire(cpu);
    }
  }

  private void free() {
    freed = true;
  }

  /** An instance comes back after the end: it goes nowhere, and the last takes the pool along. */
  public void drop() {
    if (lifetime != null) {
      lifetime.drop();
    }
  }

  /**
   * {@return an instance by number; whoever holds it may ask}
   *
   * @param number in {@code [0, maxactive)}
   * @throws LawBrokenException if it is not: the pool made it up
   */
  public KretprobeInstance instance(int number) {
    if (number < 0 || number >= instances.length) {
      throw strange(number);
    }
    KretprobeInstance instance = instances[number];
    return instance == null ? create(number) : instance;
  }

  private LawBrokenException strange(int number) {
    return new LawBrokenException(
        "L3 exclusivity: %s instance=%d is none of 0 to %d"
            .formatted(this, number, instances.length - 1));
  }

  private KretprobeInstance create(int number) {
    KretprobeInstance instance = new KretprobeInstance(this, number, dataSize);
    instances[number] = instance;
    return instance;
  }

  /** {@return the exact counts of what happened to each call} */
  public Ledger ledger() {
    return ledger;
  }

  /**
   * {@return what a task's in-flight list stores for an instance: {@code InFlightTable} resolves
   * it}
   *
   * @param instance one of its own
   */
  public long handleOf(KretprobeInstance instance) {
    return handleBase | instance.number();
  }

  /**
   * Sets the upper bits of its instances' handles.
   *
   * @param base with zeros where instance numbers go
   */
  public void handleBase(long base) {
    handleBase = base;
  }

  long nmissed() {
    return counters.getOpaque(nmissedWord);
  }

  /** Counts a call that got no instance, as the kernel does with this pool. */
  public void countNmissed() {
    if (locked) {
      // The kernel counts while it still holds the pool's lock: nothing gets lost.
      counters.getAndAdd(nmissedWord, 1);
    } else {
      countNmissedUnlocked();
    }
  }

  /** Counts a call that got no instance, in an increment that may get lost. */
  public void countNmissedUnlocked() {
    counters.setOpaque(nmissedWord, counters.getOpaque(nmissedWord) + 1);
  }

  /** {@return whether all its instances are back, so that nothing refers to them any more} */
  public boolean drained() {
    for (KretprobeInstance instance : instances) {
      if (instance != null && instance.held()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "kretprobe on " + kretprobe.kp().symbolName();
  }
}
