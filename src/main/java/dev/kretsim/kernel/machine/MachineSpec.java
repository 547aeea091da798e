package dev.kretsim.kernel.machine;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.Preemption;

/**
 * What kind of machine, running which kernel.
 *
 * @param possibleCpus CPUs that could ever come online: what the kernel sizes its pools by
 * @param onlineCpus CPUs that run, in {@code [1, possibleCpus]}
 * @param branchTracking whether an x86-64 kernel was built for indirect branch tracking, so that
 *     functions start with ENDBR64
 */
public record MachineSpec(
    KernelVersion version,
    Arch arch,
    Preemption preemption,
    int possibleCpus,
    int onlineCpus,
    boolean branchTracking) {
  /** {@code NR_CPUS} of distribution kernels. */
  public static final int MAX_CPUS = 8192;

  /**
   * Checks the numbers of CPUs.
   *
   * @param version the kernel that it runs
   * @param arch its architecture
   * @param preemption how the kernel preempts
   * @param possibleCpus CPUs that could ever come online
   * @param onlineCpus CPUs that run, in {@code [1, possibleCpus]}
   * @param branchTracking whether an x86-64 kernel was built for indirect branch tracking, so that
   *     functions start with ENDBR64
   * @throws IllegalArgumentException if a number of CPUs is out of range
   */
  public MachineSpec {
    if (possibleCpus < 1 || possibleCpus > MAX_CPUS) {
      throw new IllegalArgumentException(
          "cpus must be in [1, " + MAX_CPUS + "]: cpus=" + possibleCpus);
    }
    if (onlineCpus < 1 || onlineCpus > possibleCpus) {
      throw new IllegalArgumentException(
          "online cpus must be in [1, " + possibleCpus + "]: online=" + onlineCpus);
    }
  }

  /**
   * {@return a machine with all CPUs online, and preemption and branch tracking as the version's
   * distribution kernels have them}
   *
   * @param version the kernel that it runs
   * @param arch its architecture
   * @param cpus how many CPUs, in {@code [1, MAX_CPUS]}
   */
  public static MachineSpec of(KernelVersion version, Arch arch, int cpus) {
    return new MachineSpec(
        version, arch, version.usualPreemption(), cpus, cpus, version.tracksBranches());
  }

  /**
   * {@return the same machine under another preemption model}
   *
   * @param model how the kernel preempts
   */
  public MachineSpec with(Preemption model) {
    return new MachineSpec(version, arch, model, possibleCpus, onlineCpus, branchTracking);
  }

  /**
   * {@return whether the kernel can be preempted at all ({@code CONFIG_PREEMPTION}): the model may
   * be chosen at boot in distribution kernels of 6.1 and later, so all but {@code none} can}
   */
  public boolean preemptible() {
    return preemption.everywhere()
        || (preemption == Preemption.VOLUNTARY && version.compareTo(KernelVersion.V6_0) >= 0);
  }
}
