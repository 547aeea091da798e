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
 * with PREEMPT_RT; 5.4, 5.14 and 6.0 follow the sources alone. {@link KernelRelease} finds the one
 * that a release string behaves as.
 */
public enum KernelVersion {
  /** 5.4, from its sources. */
  V5_4("5.4", PoolDesigns.HLIST, false),
  /** 5.10, compared with recordings. */
  V5_10("5.10", PoolDesigns.HLIST, false),
  /** 5.14, from its sources. */
  V5_14("5.14", PoolDesigns.FREELIST, false),
  /** As 6.1 but for the default {@code maxactive}, from its sources. */
  V6_0("6.0", PoolDesigns.FREELIST, false),
  /** 6.1, compared with recordings. */
  V6_1("6.1", PoolDesigns.FREELIST, true),
  /** 6.1 built with PREEMPT_RT, compared with recordings. */
  V6_1_RT("6.1-rt", PoolDesigns.FREELIST, true),
  /** 6.12, compared with recordings. */
  V6_12("6.12", PoolDesigns.OBJPOOL, true),
  /** 6.12 built with PREEMPT_RT, compared with recordings. */
  V6_12_RT("6.12-rt", PoolDesigns.OBJPOOL, true),
  /** 7.3, compared with recordings. */
  V7_3("7.3", PoolDesigns.OBJPOOL, true);

  private final String label;
  private final PoolDesign pool;
  private final boolean generousDefault;

  KernelVersion(String label, PoolDesign pool, boolean generousDefault) {
    this.label = label;
    this.pool = pool;
    this.generousDefault = generousDefault;
  }

  /** {@return the newest version on offer: what is meant where none is named} */
  public static KernelVersion newest() {
    return V7_3;
  }

  /**
   * {@return the version of that label; empty if there is none}
   *
   * @param label such as {@code "5.10"}
   */
  public static Optional<KernelVersion> of(String label) {
    return Arrays.stream(values()).filter(version -> version.label.equals(label)).findFirst();
  }

  /** {@return all labels, oldest first, for messages: {@code 5.4, 5.10, ...}} */
  public static String labels() {
    return Arrays.stream(values()).map(KernelVersion::label).collect(Collectors.joining(", "));
  }

  /**
   * {@return the name used on the command line, in scenarios and in results, such as {@code
   * 6.1-rt}}
   */
  public String label() {
    return label;
  }

  /** {@return the pool that this kernel keeps its instances in} */
  public PoolDesign pool() {
    return pool;
  }

  /** {@return whether it is built with PREEMPT_RT} */
  public boolean isRealtime() {
    return this == V6_1_RT || this == V6_12_RT;
  }

  /** {@return how distribution kernels of that version preempt unless told otherwise at boot} */
  public Preemption usualPreemption() {
    if (isRealtime()) {
      return Preemption.REALTIME;
    }
    return this == V7_3 ? Preemption.LAZY : Preemption.VOLUNTARY;
  }

  /** {@return whether distribution kernels for x86-64 are built for indirect branch tracking} */
  public boolean tracksBranches() {
    return compareTo(V6_12) >= 0;
  }

  /**
   * {@return how long the jump optimiser lets changes wait, in nanoseconds} With PREEMPT_RT it was
   * 670 to 742 ms in six of eight tries, and else 70 to 216 ms.
   */
  public long optimizerDelayNs() {
    return isRealtime() ? 700_000_000 : 100_000_000;
  }

  /**
   * {@return whether registration reports success although the probe could not be armed: a bug of
   * 7.3}
   */
  public boolean dropsArmingErrors() {
    return compareTo(V7_3) >= 0;
  }

  /**
   * {@return whether the last column of {@code kprobe_profile} counts misses of a return probe's
   * pool too: since early 2022, stable 5.10.94 included} Before, it counts hits inside other
   * handlers alone.
   */
  public boolean profileCountsPool() {
    return this != V5_4 && this != V5_14;
  }

  /**
   * {@return whether return hooks are rethooks: x86-64 from 5.18 on}
   *
   * @param arch the machine's architecture
   */
  public boolean usesRethook(Arch arch) {
    return arch == Arch.X86_64 && compareTo(V6_0) >= 0;
  }

  /**
   * {@return the symbol that hijacked calls return to}
   *
   * @param arch the machine's architecture
   */
  public String trampolineName(Arch arch) {
    if (usesRethook(arch)) {
      return "arch_rethook_trampoline";
    }
    return compareTo(V5_14) >= 0 ? "__kretprobe_trampoline" : "kretprobe_trampoline";
  }

  /**
   * {@return whether the trampoline itself is on the blacklist: on arm64 only since it is a
   * breakpoint}
   *
   * @param arch the machine's architecture
   */
  public boolean refusesProbesOnTrampoline(Arch arch) {
    return arch == Arch.X86_64 || compareTo(V6_12) >= 0;
  }

  /**
   * {@return whether probes have fault handlers, and faults of handlers count as missed: up to
   * 5.13}
   */
  public boolean hasFaultHandlers() {
    return compareTo(V5_14) < 0;
  }

  /**
   * {@return whether a probe on an ftrace site goes through ftrace}
   *
   * @param arch the machine's architecture
   */
  public boolean probesThroughFtrace(Arch arch) {
    return arch == Arch.X86_64;
  }

  /** {@return whether {@code kp.flags} says that a probe is on a function's entry} */
  public boolean flagsFunctionEntry() {
    return compareTo(V6_0) >= 0;
  }

  /**
   * The number of instances a kretprobe gets when it asks for none ({@code maxactive <= 0}).
   *
   * <p>Source: {@code register_kretprobe}. Kernels before 6.2 gave a non-preemptible kernel one for
   * each possible CPU only, but for 6.1.3, 6.0.17 and the stable releases that followed them; these
   * are what {@link #V6_1} stands for.
   *
   * @param preemption how the kernel preempts
   * @param possibleCpus CPUs that could ever come online, at least 1
   * @return at least 1
   */
  public int defaultMaxactive(Preemption preemption, int possibleCpus) {
    if (generousDefault || preemption.everywhere()) {
      return Math.max(10, 2 * possibleCpus);
    }
    return possibleCpus;
  }
}
