package dev.kretsim.kernel;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.pool.PoolDesign;
import dev.kretsim.pool.PoolDesigns;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What differs from kernel to kernel for a kretprobe.
 *
 * <p>5.10, 6.1, 6.12 and 7.3 were compared with recordings of real kernels, 6.1 and 6.12 also built
 * with PREEMPT_RT; 5.4 and 5.14 follow the sources alone. {@link KernelRelease} finds the one that
 * a release string behaves as.
 */
public enum KernelVersion {
  V5_4("5.4", PoolDesigns.HLIST, false),
  V5_10("5.10", PoolDesigns.HLIST, false),
  V5_14("5.14", PoolDesigns.FREELIST, false),
  V6_1("6.1", PoolDesigns.FREELIST, true),
  V6_1_RT("6.1-rt", PoolDesigns.FREELIST, true),
  V6_12("6.12", PoolDesigns.OBJPOOL, true),
  V6_12_RT("6.12-rt", PoolDesigns.OBJPOOL, true),
  V7_3("7.3", PoolDesigns.OBJPOOL, true);

  private final String label;
  private final PoolDesign pool;
  private final boolean generousDefault;

  KernelVersion(String label, PoolDesign pool, boolean generousDefault) {
    this.label = label;
    this.pool = pool;
    this.generousDefault = generousDefault;
  }

  /** The newest version on offer: what is meant where none is named. */
  public static KernelVersion newest() {
    return V7_3;
  }

  /** The version of that label, such as {@code "5.10"}. */
  public static Optional<KernelVersion> of(String label) {
    return Arrays.stream(values()).filter(version -> version.label.equals(label)).findFirst();
  }

  /** All labels, oldest first, for messages: {@code 5.4, 5.10, ...}. */
  public static String labels() {
    return Arrays.stream(values()).map(KernelVersion::label).collect(Collectors.joining(", "));
  }

  public String label() {
    return label;
  }

  /** The pool that this kernel keeps its instances in. */
  public PoolDesign pool() {
    return pool;
  }

  /** Whether it is built with PREEMPT_RT. */
  public boolean isRealtime() {
    return this == V6_1_RT || this == V6_12_RT;
  }

  /** How distribution kernels of that version preempt unless told otherwise at boot. */
  public Preemption usualPreemption() {
    if (isRealtime()) {
      return Preemption.REALTIME;
    }
    return this == V7_3 ? Preemption.LAZY : Preemption.VOLUNTARY;
  }

  /** Whether distribution kernels for x86-64 are built for indirect branch tracking. */
  public boolean tracksBranches() {
    return compareTo(V6_12) >= 0;
  }

  /**
   * How long the jump optimiser lets changes wait, in nanoseconds. With PREEMPT_RT it was 670 to
   * 742 ms in six of eight tries, and else 70 to 216 ms.
   */
  public long optimizerDelayNs() {
    return isRealtime() ? 700_000_000 : 100_000_000;
  }

  /** Whether registration reports success although the probe could not be armed: a bug of 7.3. */
  public boolean dropsArmingErrors() {
    return compareTo(V7_3) >= 0;
  }

  /**
   * Whether the last column of {@code kprobe_profile} counts misses of a return probe's pool too:
   * since early 2022, stable 5.10.94 included. Before, it counts hits inside other handlers alone.
   */
  public boolean profileCountsPool() {
    return this != V5_4 && this != V5_14;
  }

  /** Whether return hooks are rethooks: x86-64 from 5.18 on. */
  public boolean usesRethook(Arch arch) {
    return arch == Arch.X86_64 && compareTo(V6_1) >= 0;
  }

  /** The symbol that hijacked calls return to. */
  public String trampolineName(Arch arch) {
    if (usesRethook(arch)) {
      return "arch_rethook_trampoline";
    }
    return compareTo(V5_14) >= 0 ? "__kretprobe_trampoline" : "kretprobe_trampoline";
  }

  /** Whether the trampoline itself is on the blacklist: on arm64 only since it is a breakpoint. */
  public boolean refusesProbesOnTrampoline(Arch arch) {
    return arch == Arch.X86_64 || compareTo(V6_12) >= 0;
  }

  /** Whether probes have fault handlers, and faults of handlers count as missed: up to 5.13. */
  public boolean hasFaultHandlers() {
    return compareTo(V5_14) < 0;
  }

  /** Whether a probe on an ftrace site goes through ftrace. */
  public boolean probesThroughFtrace(Arch arch) {
    return arch == Arch.X86_64;
  }

  /** Whether {@code kp.flags} says that a probe is on a function's entry. */
  public boolean flagsFunctionEntry() {
    return compareTo(V6_1) >= 0;
  }

  /**
   * The number of instances a kretprobe gets when it asks for none ({@code maxactive <= 0}).
   *
   * <p>Source: {@code register_kretprobe}. Kernels before 6.2 (and before the stable 6.1.y of
   * January 2023, which is what {@link #V6_1} stands for) gave a non-preemptible kernel one for
   * each possible CPU only.
   *
   * @param possibleCpus CPUs that could ever come online, at least 1
   */
  public int defaultMaxactive(Preemption preemption, int possibleCpus) {
    if (generousDefault || preemption.everywhere()) {
      return Math.max(10, 2 * possibleCpus);
    }
    return possibleCpus;
  }
}
