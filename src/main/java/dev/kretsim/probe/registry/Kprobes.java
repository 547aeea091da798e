package dev.kretsim.probe.registry;

import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.lock.LockDesigns;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolSpec;
import dev.kretsim.probe.Errno;
import dev.kretsim.probe.Flavour;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.KprobeException;
import dev.kretsim.probe.KprobeFlag;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.Registration;
import dev.kretsim.probe.ReturnCursor;
import dev.kretsim.probe.hit.BucketLocks;
import dev.kretsim.probe.hit.HitPath;
import dev.kretsim.probe.hit.InFlightTable;
import dev.kretsim.probe.site.Place;
import dev.kretsim.probe.site.SiteTable;
import dev.kretsim.probe.site.Sites;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Registers, disables and removes probes on a machine.
 *
 * <p>One caller at a time, as under the kernel's {@code kprobe_mutex}; CPUs may be running into the
 * probes meanwhile. Whatever the kernel would refuse is a {@link KprobeException} with its errno.
 *
 * <p><b>Source.</b> {@code kernel/kprobes.c}.
 */
public final class Kprobes {
  /** {@code KRETPROBE_MAX_DATA_SIZE}. */
  public static final int MAX_DATA_SIZE = 4096;

  private final Machine machine;
  private final PoolMaker pools;
  private final Sites sites;
  private final InFlightTable inFlight = new InFlightTable();
  private final HitPath hits;
  private final List<Registration> registrations = new ArrayList<>();
  private int sequence;
  private final OptimizerDelay optimizer;

  private Kprobes(Machine machine, PoolMaker pools) {
    this.machine = machine;
    this.pools = pools;
    SiteTable table = new SiteTable(machine.text());
    this.hits = new HitPath(machine, table, inFlight);
    this.sites = new Sites(machine, table);
    this.optimizer = new OptimizerDelay(machine.version().optimizerDelayNs());
  }

  /**
   * Boots a machine whose kretprobes use the pool and the lock of its kernel version.
   *
   * @param machine not booted yet
   * @return the probes' side of the machine
   */
  public static Kprobes boot(Machine machine) {
    return boot(machine, machine.version().pool(), LockDesigns.QUEUED);
  }

  /**
   * Boots a machine whose kretprobes use a pool of your choice.
   *
   * @param machine not booted yet
   * @param pool the pool's design
   * @param lock the form of the pool's lock, where it has one
   * @return the probes' side of the machine
   */
  public static Kprobes boot(Machine machine, PoolDesign pool, LockDesign lock) {
    return boot(machine, pool, pool::create, lock);
  }

  /**
   * Boots a machine with pools that only claim to be of that kind: how the laws are tested.
   *
   * @param machine not booted yet
   * @param pool the pool's design
   * @param pools makes a pool; may break its promises
   * @param lock the form of the pool's lock, where it has one
   * @return the probes' side of the machine
   */
  public static Kprobes boot(
      Machine machine, PoolDesign pool, Function<PoolSpec, InstancePool> pools, LockDesign lock) {
    Kprobes kprobes = new Kprobes(machine, new PoolMaker(machine, pool, pools, lock));
    machine.boot(kprobes.hits);
    machine.modules().tell(kprobes.sites.textFreed());
    return kprobes;
  }

  /**
   * Says that one thread drives all CPUs, as in virtual time, so that law L6 can be checked at
   * every miss.
   *
   * @return this
   */
  public Kprobes drivenByOneThread() {
    hits.entries().driveAlone();
    return this;
  }

  /**
   * {@code register_kprobe}.
   *
   * @param probe not registered; its address and flags are written back
   * @throws KprobeException as the kernel refuses it
   */
  public void register(Kprobe probe) {
    register(probe, Place.of(probe, machine));
  }

  private void register(Kprobe probe, Place place) {
    if (probe.registered()) {
      throw new KprobeException(Errno.EINVAL, "already registered: " + probe);
    }
    probe.start(place.address(), machine.memories());
    if (place.onEntry() && machine.version().flagsFunctionEntry()) {
      probe.set(KprobeFlag.ON_FUNC_ENTRY);
    }
    Symbol symbol = place.requireProbeable(machine);
    if (place.isFtraceSite()) {
      probe.set(KprobeFlag.FTRACE);
    }
    sites.add(probe, place, symbol);
    optimizer.begin();
  }

  /**
   * {@code register_kretprobe}.
   *
   * @param probe not registered; its {@code maxactive} is written back
   * @throws KprobeException as the kernel refuses it
   */
  public void register(Kretprobe probe) {
    Kprobe kp = probe.kp();
    Place place = Place.onEntry(kp, machine);
    if (kp.registered()) {
      throw new KprobeException(Errno.EINVAL, "already registered: " + kp);
    }
    place.requireReturnProbeable(machine.arch());
    Registration registration = pools.registration(probe, sequence++);
    probe.registered(registration);
    inFlight.add(registration);
    try {
      register(kp, place);
    } catch (KprobeException refused) {
      registration.end();
      registration.retire(0); // no CPU has seen it
      throw refused;
    }
    registrations.add(registration);
  }

  /**
   * {@code register_kprobes}: all of them, or none.
   *
   * @param probes in the order of registration
   * @param cpu the CPU that waits for the others, should some have to be removed again
   * @throws KprobeException the first refusal; those registered before it are unregistered
   */
  public void registerAllKprobes(List<Kprobe> probes, int cpu) {
    registerAll(probes, this::register, probe -> unregister(probe, cpu));
  }

  /**
   * {@code register_kretprobes}: all of them, or none.
   *
   * @param probes in the order of registration
   * @param cpu the CPU that waits for the others, should some have to be removed again
   * @throws KprobeException the first refusal; those registered before it are unregistered
   */
  public void registerAll(List<Kretprobe> probes, int cpu) {
    registerAll(probes, this::register, probe -> unregister(probe, cpu));
  }

  private static <T> void registerAll(List<T> probes, Consumer<T> register, Consumer<T> undo) {
    if (probes.isEmpty()) {
      throw new KprobeException(Errno.EINVAL, "give at least one probe");
    }
    for (int done = 0; done < probes.size(); done++) {
      try {
        register.accept(probes.get(done));
      } catch (KprobeException refused) {
        probes.subList(0, done).forEach(undo);
        throw refused;
      }
    }
  }

  /**
   * {@code unregister_kprobe}; nothing happens if it is not registered.
   *
   * @param probe the probe
   * @param cpu the CPU that waits for the others to leave the probe's handlers
   */
  public void unregister(Kprobe probe, int cpu) {
    if (!probe.registered()) {
      probe.addr(0); // what the kernel says to something that it does not know
    } else if (sites.remove(probe)) {
      machine.rcu().synchronize(cpu);
    }
    optimizer.begin();
  }

  /**
   * {@code unregister_kretprobe}: calls in flight will return to their callers, without a handler.
   *
   * @param probe the probe
   * @param cpu the CPU that waits for the others to leave the probe's handlers
   */
  public void unregister(Kretprobe probe, int cpu) {
    optimizer.begin();
    if (!probe.kp().registered()) {
      probe.kp().addr(0);
    } else if (sites.remove(probe.kp())) {
      machine.rcu().synchronize(cpu);
      probe.registration().end();
      BucketLocks buckets = hits.returns().buckets();
      if (buckets != null) {
        buckets.passAll(cpu); // whoever walks a bucket now may still have seen it alive
      }
      machine.rcu().synchronize(cpu);
      probe.registration().retire(cpu);
    }
  }

  /**
   * {@code disable_kprobe}; for a kretprobe, of its {@link Kretprobe#kp}.
   *
   * @param probe a registered one
   */
  public void disable(Kprobe probe) {
    requireRegistered(probe);
    sites.disable(probe);
    optimizer.begin();
  }

  /**
   * {@code enable_kprobe}; for a kretprobe, of its {@link Kretprobe#kp}.
   *
   * <p>While all probes are disarmed, a lone probe's flag is not cleared: the request succeeds and
   * is forgotten, as in the kernel.
   *
   * @param probe a registered one
   */
  public void enable(Kprobe probe) {
    requireRegistered(probe);
    if (probe.has(KprobeFlag.GONE)) {
      throw new KprobeException(Errno.EINVAL, "its text is gone: " + probe);
    }
    sites.enable(probe);
    optimizer.begin();
  }

  private static void requireRegistered(Kprobe probe) {
    if (!probe.registered()) {
      throw new KprobeException(Errno.EINVAL, "not registered: " + probe);
    }
  }

  /**
   * Takes every breakpoint away, as writing 0 to {@code kprobes/enabled} does. Probes stay
   * registered, their flags stay as they are, and new ones are accepted without being armed.
   */
  public void disarmAll() {
    sites.disarmAll();
  }

  /** Puts the breakpoints of all enabled probes back: 1 in {@code kprobes/enabled}. */
  public void armAll() {
    sites.armAll();
    optimizer.begin();
  }

  /** {@return whether {@link #disarmAll} was the last of the two} */
  public boolean areDisarmed() {
    return sites.areDisarmed();
  }

  /**
   * Time passes on this machine, and what is due is done: the optimising worker runs a while after
   * probes have changed.
   *
   * @param ns how much, in nanoseconds
   */
  public void elapse(long ns) {
    if (optimizer.ends(ns)) {
      optimize();
    }
  }

  /**
   * Sets how long the optimising worker lets changes wait, in place of what is usual.
   *
   * @param ns nanoseconds of virtual time
   * @return this
   */
  public Kprobes optimizerDelay(long ns) {
    optimizer.setNs(ns);
    return this;
  }

  /**
   * Another user of ftrace changes the instruction pointer on a function, or does no more.
   *
   * @param function one with an ftrace site
   * @param does whether it changes the instruction pointer from now on
   */
  public void otherFtraceUserModifiesIp(Symbol function, boolean does) {
    sites.otherUserModifiesIp(function.ftraceSite(), does);
  }

  /**
   * What the optimising worker does: replaces breakpoints by jumps where it can. Here it runs at
   * once; {@link #elapse} runs it when its time has come.
   */
  public void optimize() {
    sites.optimize();
  }

  /**
   * Allows or forbids jumps: {@code debug.kprobes-optimization}. Forbidding takes effect at once.
   *
   * @param allowed whether probes may become jumps
   */
  public void allowOptimization(boolean allowed) {
    sites.allowOptimization(allowed);
  }

  Sites sites() {
    return sites;
  }

  /**
   * {@return how a CPU gets caught at a registered probe now}
   *
   * @param probe a registered one
   */
  public Flavour flavour(Kprobe probe) {
    return sites.of(probe).flavour();
  }

  /**
   * {@return whether a registered probe's instruction is executed as a copy in a slot of its own}
   *
   * @param probe a registered one
   */
  public boolean stepsOutOfLine(Kprobe probe) {
    return sites.of(probe).ainsn().copy() != null;
  }

  /** {@return what {@code kprobes/list} in debugfs shows: a line for each probe, by address} */
  public List<String> list() {
    return sites.list();
  }

  /** {@return what the kernel would have logged: warnings about its own bugs, oldest first} */
  public List<String> warnings() {
    return sites.warnings();
  }

  /**
   * The true return address of an activation that is followed: {@code kretprobe_find_ret_addr}. An
   * unwinder that finds the trampoline on a stack asks for each such activation in turn, innermost
   * first, with one cursor.
   *
   * @param task the running task, or one that is not running
   * @param frame where the return address lies (x86-64), or the caller's frame pointer (arm64)
   * @param cursor how far the unwinder has come; moves on
   * @return 0 if nobody follows that activation
   */
  public long findReturnAddress(Task task, long frame, ReturnCursor cursor) {
    return hits.returns().findReturnAddress(task, frame, cursor);
  }

  /** {@return all kretprobes that were ever registered here, oldest first} */
  public List<Registration> registrations() {
    return List.copyOf(registrations);
  }

  /** Checks the laws of every registration; to be called while no CPU is inside a probe. */
  public void checkLaws() {
    registrations.forEach(Registration::checkLaws);
  }
}
