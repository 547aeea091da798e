package dev.kretsim.console;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.lock.LockDesign;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.workload.scenario.Scenario;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What of a scenario's machine may be named on the command line instead. */
public final class MachineOptions {
  @Option(names = "--cpus", paramLabel = "N", description = "Emulated CPUs.")
  private @Nullable Integer cpus;

  @Option(names = "--pool", description = "hlist, freelist, objpool, mpmc or ring.")
  private @Nullable String pool;

  @Option(
      names = "--kernel",
      paramLabel = "RELEASE",
      description = "5.4 to 7.3, 6.1-rt, 6.12-rt, or any release as uname -r prints it.")
  private @Nullable String kernel;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--arch", description = "x86_64 or arm64.")
  private @Nullable String arch;

  @Option(
      names = "--preempt",
      paramLabel = "MODEL",
      description = "none, voluntary, full, lazy or realtime; else as usual for the kernel.")
  private @Nullable String preempt;

  @Option(names = "--seed", description = "Where every random choice comes from.")
  private @Nullable Long seed;

  /**
   * The scenario on the machine that is asked for.
   *
   * @param lock of the pool, where it has one; null for the scenario's
   * @param realTime null for the scenario's
   * @throws dev.kretsim.kernel.BadInputException if there can be no such machine
   */
  public Scenario applyTo(
      Scenario scenario, @Nullable LockDesign lock, @Nullable Boolean realTime) {
    return scenario.with(
        new Scenario.MachineOverrides(
            kernel == null ? null : Kernels.of(kernel, spec),
            Choice.ofNullable("--arch", arch, Arch::of, "x86_64, arm64"),
            Bounds.optional("--cpus", cpus, MachineSpec.MAX_CPUS),
            Choice.ofNullable("--preempt", preempt, Preemption::of, Preemption.labels()),
            Choice.ofNullable("--pool", pool, PoolDesigns::named, PoolDesigns.names()),
            lock,
            realTime,
            seed == null ? OptionalLong.empty() : OptionalLong.of(seed)));
  }

  /**
   * The scenario with so many instances of every kretprobe.
   *
   * @throws dev.kretsim.kernel.BadInputException if its pool cannot have so many
   */
  public static Scenario withMaxactive(Scenario scenario, int maxactive) {
    int most = Math.min(Scenario.MOST_INSTANCES, scenario.poolInUse().maxCapacity(scenario.cpus()));
    Bounds.within("--maxactive", maxactive, 0, most);
    return scenario.withMaxactive(maxactive);
  }
}
