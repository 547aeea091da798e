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
    Optional<KernelVersion> version =
        switch (majorMinor(kernel)) {
          case "5.10" -> Optional.of(KernelVersion.V5_10);
          case "6.1" -> Optional.of(KernelVersion.V6_1);
          case "6.12" -> Optional.of(KernelVersion.V6_12);
          default -> Optional.empty();
        };
    Arch arch = kernel.contains("arm64") ? Arch.ARM64 : Arch.X86_64;
    boolean leavesGarbage = name.contains("initonalloc0") || name.startsWith("k510p");
    return version.map(
        known ->
            new Environment(
                name,
                new MachineSpec(
                    known,
                    arch,
                    preemptionOf(preempt),
                    possibleCpus,
                    onlineCpus,
                    arch == Arch.X86_64 && known == KernelVersion.V6_12),
                !leavesGarbage));
  }

  private static String majorMinor(String kernel) {
    String[] parts = kernel.split("[.-]", 3);
    return parts.length < 2 ? kernel : parts[0] + "." + parts[1];
  }

  private static Preemption preemptionOf(String preempt) {
    if (preempt.startsWith("full")) {
      return Preemption.FULL;
    }
    return preempt.startsWith("none") ? Preemption.NONE : Preemption.VOLUNTARY;
  }
}
