package dev.kretsim.console;

import dev.kretsim.kernel.KernelRelease;
import dev.kretsim.kernel.KernelVersion;
import picocli.CommandLine.Model.CommandSpec;

/** The value of {@code --kernel}. */
public final class Kernels {
  private Kernels() {}

  /**
   * The kernel that a release behaves as; which one that is, and why, is said on stderr.
   *
   * @throws dev.kretsim.kernel.BadInputException if it is no release
   */
  public static KernelVersion of(String release, CommandSpec spec) {
    KernelRelease known = KernelRelease.of(release);
    if (!known.remark().isEmpty()) {
      spec.commandLine().getErr().println("kretsim: " + known.remark());
    }
    return known.version();
  }
}
