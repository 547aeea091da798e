package dev.kretsim.conform.recording;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Preemption;
import dev.kretsim.kernel.machine.MachineSpec;
import java.util.Optional;

/**
 * The kernel and machine that a recording was made on.
 *
 * @param zeroesInstances whether instance memory is known to be zero at registration
 */
public record Environment(String name, MachineSpec machine, boolean zeroesInstances) {
  /**
   * Recognises an environment by what the recording says of it; empty if its kernel is not on
   * offer.
   */
  public static Optional<Environment> of(
      String name, String kernel, int possibleCpus, int onlineCpus, String preempt) {
    Optional<KernelVersion> version = versionOf(kernel, preempt);
    Arch arch = kernel.contains("arm64") ? Arch.ARM64 : Arch.X86_64;
    boolean leavesGarbage = name.contains("initonalloc0") || name.startsWith("k510p");
    return version.map(
        known ->
            new Environment(
                name,
                new MachineSpec(
                    known,
                    arch,
                    preemptionOf(preempt, known),
                    possibleCpus,
                    onlineCpus,
                    arch == Arch.X86_64 && known.tracksBranches()),
                !leavesGarbage));
  }

  private static String majorMinor(String kernel) {
    String[] parts = kernel.split("[.-]", 3);
    return parts.length < 2 ? kernel : parts[0] + "." + parts[1];
  }

  private static Optional<KernelVersion> versionOf(String kernel, String preempt) {
    String number = majorMinor(kernel);
    boolean realtime = preempt.startsWith("realtime") || kernel.contains("-rt");
    Optional<KernelVersion> built = realtime ? KernelVersion.of(number + "-rt") : Optional.empty();
    return built.or(() -> KernelVersion.of(number));
  }

  private static Preemption preemptionOf(String preempt, KernelVersion version) {
    for (Preemption model : Preemption.values()) {
      if (preempt.startsWith(model.label())) {
        return model;
      }
    }
    return version.usualPreemption();
  }
}
