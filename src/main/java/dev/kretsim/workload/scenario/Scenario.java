package dev.kretsim.workload.scenario;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.workload.random.Distribution;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to run: a machine, its functions, the probes on them, and who calls what. Valid once it
 * exists, but for what only the registration of the probes can tell.
 *
 * @param preempt how the kernel preempts; null for what is usual for its version
 * @param pool the pool of all kretprobes; null for the kernel version's own
 * @param realTime real threads instead of virtual time
 * @param seed where every random choice comes from
 */
public record Scenario(
    KernelVersion kernel,
    Arch arch,
    int cpus,
    @Nullable Preemption preempt,
    @Nullable PoolDesign pool,
    LockDesign lock,
    boolean realTime,
    long seed,
    List<FunctionSpec> functions,
    List<ProbeSpec> probes,
    List<LoadSpec> load,
    List<EventSpec> events) {
  /** Of a kretprobe: far more than any kernel has memory for in one place. */
  public static final int MOST_INSTANCES = 1_000_000;

  /** In all loads together. */
  public static final int MOST_TASKS = 1_000_000;

  /** Functions that are there without being defined: what tasks and entry handlers run in. */
  static final List<String> KERNEL_NAMES = List.of("kthread", "entry_handler");

  /** A function: the steps of its body in order, and what it returns. */
  public record FunctionSpec(String name, List<StepSpec> body, long returns) {}

  /** One step of a body. */
  public sealed interface StepSpec {
    /** Keeps the CPU busy for a time. */
    record Spin(Distribution time) implements StepSpec {}

    /** Gives the CPU up for a time. */
    record Sleep(Distribution time) implements StepSpec {}

    /** Calls a function. */
    record Call(String function) implements StepSpec {}
  }

  /** A probe to register before the load starts. */
  public sealed interface ProbeSpec {
    /** {@return the function that the probe is on} */
    String symbol();

    /** A kprobe, at a distance in bytes from the function's entry. */
    record OnEntry(String symbol, int offset) implements ProbeSpec {}

    /**
     * A kretprobe.
     *
     * @param maxactive 0 for the kernel version's default
     */
    record OnReturn(String symbol, int maxactive, int dataSize, EntryRule entryRule)
        implements ProbeSpec {}
  }

  /** What a kretprobe's entry handler does. */
  public sealed interface EntryRule {
    /** There is no entry handler. */
    record Absent() implements EntryRule {}

    /** Follows every call. */
    record Accept() implements EntryRule {}

    /** Declines every call. */
    record Decline() implements EntryRule {}

    /** Declines every n-th call that got an instance. */
    record DeclineEvery(int n) implements EntryRule {}

    /** Declines the calls of tasks of that name. */
    record DeclineComm(String comm) implements EntryRule {}

    /** Accepts, after having called a function, which must not sleep. */
    record Calls(String function) implements EntryRule {}
  }

  /**
   * Tasks that call a function again and again.
   *
   * @param argument the first argument of each call
   * @param calls how many calls each makes; empty if {@code durationNs} says for how long
   * @param think the time between a return and the next call; null for none
   */
  public record LoadSpec(
      int tasks,
      String comm,
      String call,
      long argument,
      OptionalLong calls,
      OptionalLong durationNs,
      @Nullable Distribution think) {}

  /** Something that happens while the load runs. */
  public sealed interface EventSpec {
    /** {@return when it happens, in nanoseconds from the start} */
    long atNs();

    /** {@return what happens, as in a scenario file} */
    String text();

    /** Something is done to the probes on a function. */
    record OfProbe(long atNs, Action action, String symbol) implements EventSpec {
      /** What is done. */
      public enum Action {
        /** The probes are enabled. */
        ENABLE,
        /** The probes are disabled. */
        DISABLE,
        /** The probes are unregistered. */
        UNREGISTER;

        /** {@return the word for it in a scenario file} */
        public String label() {
          return name().toLowerCase(Locale.ROOT);
        }
      }

      @Override
      public String text() {
        return action.label() + " " + symbol;
      }
    }

    /** All tasks of that name die, wherever they are: a sleeper at once, a runner at its step. */
    record KillTask(long atNs, String comm) implements EventSpec {
      @Override
      public String text() {
        return "kill-task " + comm;
      }
    }
  }

  /** {@return the pool of all kretprobes: the one asked for, or else the kernel version's own} */
  public PoolDesign poolInUse() {
    return pool == null ? kernel.pool() : pool;
  }

  /**
   * {@return for each function how many steps one call of it leads to, its own and those of what it
   * calls; {@link Long#MAX_VALUE} where that is more than a long can tell}
   */
  public Map<String, Long> stepsOfCalls() {
    Map<String, FunctionSpec> byName = new HashMap<>();
    functions.forEach(function -> byName.put(function.name(), function));
    Map<String, Long> steps = new HashMap<>();
    functions.forEach(function -> count(function, byName, steps));
    return steps;
  }

  private static long count(
      FunctionSpec function, Map<String, FunctionSpec> byName, Map<String, Long> steps) {
    Long known = steps.get(function.name());
    if (known != null) {
      return known;
    }
    double sum = 1;
    for (StepSpec step : function.body()) {
      sum += 1;
      if (step instanceof StepSpec.Call call) {
        sum += count(Objects.requireNonNull(byName.get(call.function())), byName, steps);
      }
    }
    steps.put(function.name(), (long) sum);
    return (long) sum;
  }

  /** {@return the machine that it runs on} */
  public MachineSpec machine() {
    MachineSpec usual = MachineSpec.of(kernel, arch, cpus);
    return preempt == null ? usual : usual.with(preempt);
  }

  /** {@return the files that its times are read from} */
  public List<Path> files() {
    Stream<Distribution> steps =
        functions.stream()
            .flatMap(function -> function.body().stream())
            .flatMap(
                step ->
                    step instanceof StepSpec.Spin spin
                        ? Stream.of(spin.time())
                        : step instanceof StepSpec.Sleep sleep
                            ? Stream.of(sleep.time())
                            : Stream.empty());
    Stream<Distribution> thinks = load.stream().map(LoadSpec::think).filter(Objects::nonNull);
    return Stream.concat(steps, thinks).flatMap(times -> times.file().stream()).toList();
  }

  /** What the command line names in place of the file's machine. Null or empty changes nothing. */
  public record MachineOverrides(
      @Nullable KernelVersion kernel,
      @Nullable Arch arch,
      OptionalInt cpus,
      @Nullable Preemption preempt,
      @Nullable PoolDesign pool,
      @Nullable LockDesign lock,
      @Nullable Boolean realTime,
      OptionalLong seed) {}

  /**
   * {@return this scenario on another machine}
   *
   * @param given what is to be different
   */
  public Scenario with(MachineOverrides given) {
    return new Scenario(
        given.kernel() == null ? kernel : given.kernel(),
        given.arch() == null ? arch : given.arch(),
        given.cpus().orElse(cpus),
        given.preempt() == null ? preempt : given.preempt(),
        given.pool() == null ? pool : given.pool(),
        given.lock() == null ? lock : given.lock(),
        given.realTime() == null ? realTime : given.realTime(),
        given.seed().orElse(seed),
        functions,
        probes,
        load,
        events);
  }

  /**
   * What the command line asks of every load in place of what the file does. Empty changes nothing;
   * one of {@code calls} and {@code durationNs} takes the place of the other.
   */
  public record LoadOverrides(OptionalInt tasks, OptionalLong calls, OptionalLong durationNs) {}

  /**
   * {@return this scenario with other loads}
   *
   * @param given what is to be different
   */
  public Scenario with(LoadOverrides given) {
    List<LoadSpec> changed =
        load.stream()
            .map(
                one ->
                    new LoadSpec(
                        given.tasks().orElse(one.tasks()),
                        one.comm(),
                        one.call(),
                        one.argument(),
                        given.durationNs().isPresent()
                            ? OptionalLong.empty()
                            : given.calls().isPresent() ? given.calls() : one.calls(),
                        given.calls().isPresent()
                            ? OptionalLong.empty()
                            : given.durationNs().isPresent()
                                ? given.durationNs()
                                : one.durationNs(),
                        one.think()))
            .toList();
    return new Scenario(
        kernel, arch, cpus, preempt, pool, lock, realTime, seed, functions, probes, changed,
        events);
  }

  /**
   * {@return this scenario with {@code maxactive} instances for every kretprobe}
   *
   * @param maxactive how many, or 0 for the kernel's default
   */
  public Scenario withMaxactive(int maxactive) {
    List<ProbeSpec> changed =
        probes.stream()
            .map(
                probe ->
                    probe instanceof ProbeSpec.OnReturn kretprobe
                        ? new ProbeSpec.OnReturn(
                            kretprobe.symbol(),
                            maxactive,
                            kretprobe.dataSize(),
                            kretprobe.entryRule())
                        : probe)
            .toList();
    return new Scenario(
        kernel, arch, cpus, preempt, pool, lock, realTime, seed, functions, changed, load, events);
  }
}
