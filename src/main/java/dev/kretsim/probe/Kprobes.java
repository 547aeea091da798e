package dev.kretsim.probe;

import dev.kretsim.arch.Arch;
import dev.kretsim.kernel.Machine;
import dev.kretsim.kernel.Symbol;
import dev.kretsim.lock.LockKind;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.pool.PoolKind;
import dev.kretsim.pool.PoolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
  private final PoolKind pool;
  private final Function<PoolSpec, InstancePool> pools;
  private final LockKind lock;
  private final ProbeTable table;
  private final InFlightTable inFlight = new InFlightTable();
  private final HitPath hits;
  private final List<Registration> registrations = new ArrayList<>();
  private int sequence;
  private boolean allDisarmed;

  private Kprobes(
      Machine machine, PoolKind pool, Function<PoolSpec, InstancePool> pools, LockKind lock) {
    this.machine = machine;
    this.pool = pool;
    this.pools = pools;
    this.lock = lock;
    this.table = new ProbeTable(machine.text());
    this.hits = new HitPath(machine, table, inFlight);
  }

  /** Boots a machine whose kretprobes use the pool and the lock of its kernel version. */
  public static Kprobes boot(Machine machine) {
    return boot(machine, machine.version().pool(), LockKind.QUEUED);
  }

  /**
   * Boots a machine whose kretprobes use a pool of your choice.
   *
   * @param lock the form of the pool's lock, where it has one
   */
  public static Kprobes boot(Machine machine, PoolKind pool, LockKind lock) {
    return boot(machine, pool, pool::create, lock);
  }

  /** Boots a machine with pools that only claim to be of that kind: how the laws are tested. */
  static Kprobes boot(
      Machine machine, PoolKind pool, Function<PoolSpec, InstancePool> pools, LockKind lock) {
    Kprobes kprobes = new Kprobes(machine, pool, pools, lock);
    machine.boot(kprobes.hits);
    return kprobes;
  }

  /**
   * Says that one thread drives all CPUs, as in virtual time, so that law L6 can be checked at
   * every miss.
   */
  public Kprobes drivenByOneThread() {
    hits.driveAlone();
    return this;
  }

  /** {@code register_kprobe}. */
  public void register(Kprobe probe) {
    long address = resolve(probe);
    if (probe.registered()) {
      throw new KprobeException(Errno.EINVAL, "already registered: " + nameOf(probe));
    }
    add(probe, address);
  }

  /** {@code register_kretprobe}. */
  public void register(Kretprobe probe) {
    Kprobe kp = probe.kp();
    long address = resolve(kp);
    if (kp.registered()) {
      throw new KprobeException(Errno.EINVAL, "already registered: " + nameOf(kp));
    }
    int dataSize = probe.dataSize();
    if (dataSize < 0 || dataSize > MAX_DATA_SIZE) {
      throw new KprobeException(
          Errno.E2BIG, "data_size must be in [0, 4096]: data_size=" + dataSize);
    }
    if (probe.maxactive() <= 0) {
      probe.maxactive(
          machine
              .version()
              .defaultMaxactive(machine.spec().preemption(), machine.spec().possibleCpus()));
    }
    int maxactive = probe.maxactive();
    if (maxactive > PoolSpec.MAX_CAPACITY) {
      throw new KprobeException(
          Errno.ENOMEM,
          "maxactive must be <= " + PoolSpec.MAX_CAPACITY + ": maxactive=" + maxactive);
    }
    PoolSpec spec = new PoolSpec(maxactive, machine.contexts(), machine.memories(), lock);
    Registration registration = new Registration(probe, sequence++, pool, pools.apply(spec), spec);
    inFlight.add(registration);
    registrations.add(registration);
    probe.registered(registration);
    add(kp, address);
  }

  /**
   * {@code register_kretprobes}: all of them, or none.
   *
   * @param cpu the CPU that waits for the others, should some have to be removed again
   * @throws KprobeException the first refusal; those registered before it are unregistered
   */
  public void registerAll(List<Kretprobe> probes, int cpu) {
    if (probes.isEmpty()) {
      throw new KprobeException(Errno.EINVAL, "give at least one kretprobe");
    }
    for (int done = 0; done < probes.size(); done++) {
      try {
        register(probes.get(done));
      } catch (KprobeException refused) {
        probes.subList(0, done).forEach(probe -> unregister(probe, cpu));
        throw refused;
      }
    }
  }

  /**
   * {@code unregister_kprobe}; nothing happens if it is not registered.
   *
   * @param cpu the CPU that waits for the others to leave the probe's handlers
   */
  public void unregister(Kprobe probe, int cpu) {
    if (probe.registered()) {
      remove(probe);
      machine.rcu().synchronize(cpu);
    }
  }

  /**
   * {@code unregister_kretprobe}: calls in flight will return to their callers, without a handler.
   *
   * @param cpu the CPU that waits for the others to leave the probe's handlers
   */
  public void unregister(Kretprobe probe, int cpu) {
    if (probe.kp().registered()) {
      remove(probe.kp());
      machine.rcu().synchronize(cpu);
      probe.registration().end();
      machine.rcu().synchronize(cpu);
    }
  }

  /** {@code disable_kprobe}; for a kretprobe, of its {@link Kretprobe#kp}. */
  public void disable(Kprobe probe) {
    requireRegistered(probe);
    probe.set(KprobeFlag.DISABLED);
    rearm(siteOf(probe));
  }

  /** {@code enable_kprobe}; for a kretprobe, of its {@link Kretprobe#kp}. */
  public void enable(Kprobe probe) {
    requireRegistered(probe);
    ProbeSite site = siteOf(probe);
    // The kernel clears a lone probe's flag only when it arms it: while all are disarmed, the
    // request succeeds and is forgotten.
    if (!allDisarmed || site.probes().length > 1) {
      probe.clear(KprobeFlag.DISABLED);
    }
    rearm(site);
  }

  /**
   * Takes every breakpoint away, as writing 0 to {@code kprobes/enabled} does. Probes stay
   * registered, their flags stay as they are, and new ones are accepted without being armed.
   */
  public void disarmAll() {
    allDisarmed = true;
    table.sites().forEach(this::rearm);
  }

  /** Puts the breakpoints of all enabled probes back: 1 in {@code kprobes/enabled}. */
  public void armAll() {
    allDisarmed = false;
    table.sites().forEach(this::rearm);
  }

  /** All kretprobes that were ever registered here, oldest first. */
  public List<Registration> registrations() {
    return List.copyOf(registrations);
  }

  /** Checks the laws of every registration; to be called while no CPU is inside a probe. */
  public void checkLaws() {
    registrations.forEach(Registration::checkLaws);
  }

  private long resolve(Kprobe probe) {
    String name = probe.symbolName();
    if ((name == null) == (probe.addr() == 0)) {
      throw new KprobeException(
          Errno.EINVAL, "give either a symbol or an address: " + nameOf(probe));
    }
    long address = probe.addr();
    if (name != null) {
      Symbol symbol =
          machine
              .text()
              .find(name)
              .orElseThrow(() -> new KprobeException(Errno.ENOENT, "no such symbol: " + name));
      address = symbol.address();
    }
    long wanted = address + probe.offset();
    Symbol symbol =
        machine
            .text()
            .at(wanted)
            .orElseThrow(
                () -> new KprobeException(Errno.ENOENT, "not in any function: " + nameOf(probe)));
    if (symbol.equals(machine.trampoline())) {
      throw new KprobeException(Errno.EINVAL, "blacklisted: " + symbol.name());
    }
    // With ENDBR64 in front, the function's address and the one behind it both mean its entry.
    if (wanted != symbol.address() && wanted != symbol.entryProbe()) {
      throw new KprobeException(
          probe.kretprobe() == null ? Errno.EOPNOTSUPP : Errno.EINVAL,
          "only a function's entry can be probed: " + nameOf(probe));
    }
    return symbol.entryProbe();
  }

  private void add(Kprobe probe, long address) {
    probe.registeredAt(address, machine.memories());
    machine
        .text()
        .at(address)
        .ifPresent(
            symbol -> {
              if (symbol.traceable() && machine.version().probesThroughFtrace(machine.arch())) {
                probe.set(KprobeFlag.FTRACE);
              }
              if (machine.version().flagsFunctionEntry()) {
                probe.set(KprobeFlag.ON_FUNC_ENTRY);
              }
            });
    ProbeSite site = table.at(address);
    if (site == null) {
      int length = machine.arch().breakpoint().length;
      byte[] original = machine.text().read(address, length);
      site = new ProbeSite(address, original, boosts(probe), new Kprobe[0]);
    }
    rearm(site.with(probe));
  }

  /**
   * A breakpoint's copied instruction may end in a jump back where nothing can be preempted on it,
   * if nobody wants to be called after it. Nobody asks again when more probes come.
   */
  private boolean boosts(Kprobe first) {
    return machine.arch() == Arch.X86_64
        && !machine.spec().preemptible()
        && !first.has(KprobeFlag.FTRACE)
        && first.postHandler() == null;
  }

  private void remove(Kprobe probe) {
    probe.set(KprobeFlag.DISABLED);
    probe.unregistered();
    rearm(siteOf(probe).without(probe));
  }

  /** The table is right before the first breakpoint appears, and until the last one is gone. */
  private void rearm(ProbeSite site) {
    if (site.wantsBreakpoint() && !allDisarmed) {
      table.put(site);
      machine.text().arm(site.address());
    } else {
      machine.text().restore(site.address(), site.original());
      table.put(site);
    }
  }

  private ProbeSite siteOf(Kprobe probe) {
    ProbeSite site = table.at(probe.addr());
    if (site == null) {
      throw new IllegalStateException("registered, but not in the table: " + nameOf(probe));
    }
    return site;
  }

  private static void requireRegistered(Kprobe probe) {
    if (!probe.registered()) {
      throw new KprobeException(Errno.EINVAL, "not registered: " + nameOf(probe));
    }
  }

  private static String nameOf(Kprobe probe) {
    @Nullable String name = probe.symbolName();
    String place = name == null ? "0x" + Long.toHexString(probe.addr()) : name;
    return probe.offset() == 0 ? place : place + "+" + probe.offset();
  }
}
