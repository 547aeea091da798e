package dev.kretsim.kernel;

import dev.kretsim.arch.Arch;
import dev.kretsim.lock.CpuContexts;
import dev.kretsim.memory.Memory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A multi-CPU kernel: text, CPUs, and the words they share. Everything that a probe touches, and
 * nothing that it does not.
 *
 * <p>Functions are defined before {@link #boot}; then CPUs exist and may be driven, each by one
 * thread at a time.
 */
public final class Machine {
  private final MachineSpec spec;
  private final Memory.Factory memories;
  private final KernelText text;
  private final CpuContexts contexts;
  private final Rcu rcu;
  private final Symbol trampoline;
  private final AtomicInteger pids = new AtomicInteger();
  private Cpu[] cpus = new Cpu[0];

  public Machine(MachineSpec spec, Memory.Factory memories) {
    this.spec = spec;
    this.memories = memories;
    this.text = new KernelText(spec.arch(), spec.branchTracking());
    this.contexts = new CpuContexts(spec.possibleCpus(), memories);
    this.rcu = new Rcu(spec.possibleCpus(), memories);
    this.trampoline = text.define(spec.version().trampolineName(spec.arch()), false);
  }

  public MachineSpec spec() {
    return spec;
  }

  public KernelVersion version() {
    return spec.version();
  }

  public Arch arch() {
    return spec.arch();
  }

  public Memory.Factory memories() {
    return memories;
  }

  public KernelText text() {
    return text;
  }

  /** What locks save and restore for each possible CPU. */
  public CpuContexts contexts() {
    return contexts;
  }

  public Rcu rcu() {
    return rcu;
  }

  /** Where hijacked calls return to. */
  public Symbol trampoline() {
    return trampoline;
  }

  /**
   * Adds a function to the text.
   *
   * @param traceable whether ftrace has a site at its entry
   * @throws IllegalStateException after {@link #boot}
   */
  public Symbol define(String name, boolean traceable) {
    if (cpus.length > 0) {
      throw new IllegalStateException("functions are defined before boot: function=" + name);
    }
    return text.define(name, traceable);
  }

  /**
   * Starts the online CPUs, once the text is complete.
   *
   * @param traps what they trap into
   */
  public void boot(TrapHandler traps) {
    cpus =
        IntStream.range(0, spec.onlineCpus())
            .mapToObj(id -> new Cpu(id, this, traps))
            .toArray(Cpu[]::new);
  }

  /** An online CPU, numbered from 0. */
  public Cpu cpu(int id) {
    return cpus[id];
  }

  /** Creates a task; a CPU runs it after {@link Cpu#switchTo}. */
  public Task newTask(String comm) {
    return new Task(pids.incrementAndGet(), comm);
  }
}
