package dev.kretsim.command.events;

import dev.kretsim.console.Choice;
import dev.kretsim.console.Kernels;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.kernel.machine.MachineSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whose answers are wanted. */
final class KernelOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--kernel",
      paramLabel = "RELEASE",
      description = "5.4 to 7.3, or any release as uname -r prints it.")
  private @Nullable String kernel;

  @Option(
      names = "--preempt",
      description = "none, voluntary, full, lazy or realtime: decides the default maxactive.")
  private @Nullable String preemption;

  /** The kernel that is asked for; null if none is. */
  @Nullable KernelVersion given() {
    return kernel == null ? null : Kernels.of(kernel, spec);
  }

  /** The kernel that is asked for, else the newest. */
  KernelVersion version() {
    KernelVersion given = given();
    return given == null ? KernelVersion.newest() : given;
  }

  /** A machine with the preemption that is asked for. */
  MachineSpec preempted(MachineSpec machine) {
    return preemption == null
        ? machine
        : machine.with(Choice.of("--preempt", preemption, Preemption.values()));
  }
}
