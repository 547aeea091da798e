package dev.kretsim.stress.probe;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.LawBrokenException;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.MachineSpec;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.Tally;
import dev.kretsim.probe.registry.Kprobes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A machine of two CPUs with one traced function that returns {@value #RETURNED}, and one of
 * machine code that returns {@value #COMPUTED}. An actor drives one CPU each.
 *
 * <p>What goes wrong in an actor is kept, and is the verdict: broken laws, foreign data in an
 * instance, a handler that runs after the probe's owner was told that none will.
 */
public abstract class ProbedMachine {
  /** What the traced function returns. */
  protected static final long RETURNED = 42;

  /** What the machine code makes of {@link #ARGUMENT}. */
  protected static final long COMPUTED = 13;

  /** {@code lea rax, [rdi + 1]; add rax, rdi; add rax, 2; ret}: twice the argument and three. */
  private static final byte[] CODE = {
    0x48,
    (byte) 0x8d,
    0x47,
    0x01,
    0x48,
    0x01,
    (byte) 0xf8,
    0x48,
    (byte) 0x83,
    (byte) 0xc0,
    0x02,
    (byte) 0xc3
  };

  /** Where {@link #CODE} adds its argument: under the jump, if its first byte becomes one. */
  protected static final int ADD = 4;

  private static final int CODE_BYTES = 32;
  private static final long ARGUMENT = 5;
  private static final int CPUS = 2;

  private final ProbeParts parts;
  private final long returnSite;
  private final Task[] tasks = new Task[CPUS];
  private final @Nullable String[] breaches = new @Nullable String[CPUS];

  /** The machine, booted. */
  protected final Machine machine;

  /** Its kprobes. */
  protected final Kprobes kprobes;

  /** The traced function. */
  protected final Symbol traced;

  /** The machine code. */
  protected final Symbol code;

  protected ProbedMachine(ProbeParts parts) {
    this.parts = parts;
    machine = new Machine(MachineSpec.of(parts.version(), Arch.X86_64, CPUS), parts.memories());
    returnSite = machine.define("main", false).address() + 16;
    traced = machine.define("vfs_read", true);
    code = machine.defineCode("sum", CODE, CODE_BYTES, Set.of());
    kprobes = parts.boot().apply(machine);
    for (int cpu = 0; cpu < CPUS; cpu++) {
      tasks[cpu] = machine.newTask("task" + cpu);
    }
  }

  /**
   * A kretprobe whose instances carry the number of their task, and are asked for it at the end.
   *
   * @param owner who has its handlers' data; each of both handlers looks at it
   */
  protected final Kretprobe kretprobe(int maxactive, ProbeOwner owner) {
    return Kretprobe.on(traced.name())
        .maxactive(maxactive)
        .dataSize(Long.BYTES)
        .entryHandler(
            (instance, regs) -> {
              instance.setDataWord(0, instance.pid());
              look(owner);
              return parts.entering().handle(instance, regs);
            })
        .handler(
            (instance, regs) -> {
              parts.returning().handle(instance, regs);
              if (instance.dataWord(0) != Task.current().pid()) {
                breach(Cpu.current().id(), "data of another call");
              }
              look(owner);
            });
  }

  /** A kprobe on the machine code. */
  protected final Kprobe kprobe(int offset, ProbeOwner owner) {
    return Kprobe.on(code.name())
        .offset(offset)
        .preHandler(
            (probe, regs) -> {
              look(owner);
              return 0;
            });
  }

  private void look(ProbeOwner owner) {
    if (!owner.findsItsData()) {
      breach(Cpu.current().id(), "handler without its data");
    }
  }

  /** A call that goes on until after the verdict: its task sleeps inside. */
  protected final void callAndSleep(int cpu) {
    machine.cpu(cpu).switchTo(machine.newTask("sleeper"));
    machine.cpu(cpu).enter(traced, 0, returnSite);
  }

  /**
   * Says that the CPU is between hits: before the first, and in the middle of a call that sleeps.
   * Whoever unregisters waits for the next time, or for {@link #offline}.
   */
  protected final void quiescent(int cpu) {
    machine.rcu().quiescent(cpu);
  }

  /** The CPU calls no more. */
  protected final void offline(int cpu) {
    machine.rcu().stopped(cpu);
  }

  /** A whole call of the traced function. */
  protected final void call(int cpu) {
    enter(cpu);
    leave(cpu);
  }

  /** The first half of a call. */
  protected final void enter(int cpu) {
    guarded(
        cpu,
        () -> {
          machine.cpu(cpu).switchTo(tasks[cpu]);
          machine.cpu(cpu).enter(traced, 0, returnSite);
        });
  }

  /** The second half. */
  protected final void leave(int cpu) {
    guarded(
        cpu,
        () -> {
          long returned = machine.cpu(cpu).leave(RETURNED, returnSite);
          if (returned != RETURNED) {
            breaches[cpu] = "returned something else";
          }
        });
  }

  /** The task is killed in the middle of its call. */
  protected final void die(int cpu) {
    guarded(cpu, () -> machine.cpu(cpu).exitTask());
  }

  /** A call of the machine code. */
  protected final void compute(int cpu) {
    guarded(
        cpu,
        () -> {
          machine.cpu(cpu).switchTo(tasks[cpu]);
          long computed = machine.cpu(cpu).call(code, ARGUMENT, returnSite);
          if (computed != COMPUTED) {
            breaches[cpu] = "computed something else";
          }
        });
  }

  /** Does something on a CPU; if that throws, it is the verdict. */
  protected final void guarded(int cpu, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException broken) {
      breach(cpu, broken);
    }
  }

  private void breach(int cpu, RuntimeException broken) {
    breaches[cpu] = String.valueOf(broken.getMessage()).replaceAll(":.*", "");
  }

  /** Says what has gone wrong on a CPU. */
  protected final void breach(int cpu, String what) {
    breaches[cpu] = what;
  }

  /**
   * The verdict, with everybody gone.
   *
   * @param fate what has become of the calls, if nothing is wrong
   */
  protected final String verdict(String fate) {
    machine.rcu().synchronize(0); // dead tasks give back after a grace period
    for (String breach : breaches) {
      if (breach != null) {
        return breach;
      }
    }
    try {
      kprobes.checkLaws();
    } catch (LawBrokenException broken) {
      breach(0, broken);
      return String.valueOf(breaches[0]);
    }
    return fate;
  }

  /** What has become of the one call of a kretprobe's function. */
  protected static String fateOf(Kretprobe probe) {
    Tally tally = probe.registration().tally();
    return tally.entries() == 0
        ? "unprobed"
        : tally.handled() > 0
            ? "handled"
            : tally.orphaned() > 0 ? "orphaned" : tally.flushed() > 0 ? "flushed" : "missed";
  }
}
