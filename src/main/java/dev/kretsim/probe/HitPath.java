package dev.kretsim.probe;

import dev.kretsim.arch.PtRegs;
import dev.kretsim.kernel.Cpu;
import dev.kretsim.kernel.LawBrokenException;
import dev.kretsim.kernel.Machine;
import dev.kretsim.kernel.Task;
import dev.kretsim.kernel.TrapHandler;
import dev.kretsim.pool.InstancePool;

/**
 * What happens at a hit: the one implementation, whatever drives the CPUs.
 *
 * <p>The steps of a hit are not one atomic action. They are safe because nothing else runs on the
 * CPU meanwhile, the in-flight list belongs to the running task, and a probe hit inside a handler
 * is skipped.
 */
final class HitPath implements TrapHandler {
  /** Padding between the CPUs' words: two cache lines. */
  private static final int ROW = 16;

  private final ProbeTable table;
  private final InFlightTable inFlight;
  private final Machine machine;
  private final long trampoline;
  private final ReturnRules rules;

  // current_kprobe of each CPU, as far as it matters: 1 while a handler runs.
  private final long[] busy;
  private boolean alone;

  HitPath(Machine machine, ProbeTable table, InFlightTable inFlight) {
    this.machine = machine;
    this.table = table;
    this.inFlight = inFlight;
    this.trampoline = machine.trampoline().address();
    this.rules = ReturnRules.of(machine.version(), machine.arch());
    this.busy = new long[(machine.spec().possibleCpus() + 2) * ROW];
  }

  /** Says that one thread drives all CPUs, so that law L6 can be checked at every miss. */
  void driveAlone() {
    alone = true;
  }

  @Override
  public boolean breakpoint(Cpu cpu, long address) {
    ProbeSite site = table.at(address);
    if (site == null) {
      return true; // disarmed meanwhile: the instruction is there again
    }
    int busyWord = (cpu.id() + 1) * ROW;
    if (busy[busyWord] != 0) {
      skip(site, cpu);
      return true;
    }
    busy[busyWord] = 1;
    PtRegs regs = cpu.regs();
    boolean goOn = true;
    int last = Integer.MAX_VALUE;
    Kprobe[] probes = site.probes();
    for (int i = 0; i < probes.length && goOn; i++) {
      Kprobe probe = probes[i];
      if (probe.enabled()) {
        Kretprobe kretprobe = probe.kretprobe();
        if (kretprobe == null) {
          Kprobe.PreHandler handler = probe.preHandler();
          goOn = handler == null || handler.handle(probe, regs) == 0;
        } else {
          Registration registration = kretprobe.registration();
          requireOrder(registration.sequence() < last, registration);
          last = registration.sequence();
          follow(cpu, kretprobe, registration, regs);
        }
      }
    }
    if (goOn && !site.boosted()) {
      runPostHandlers(probes, regs);
    }
    busy[busyWord] = 0;
    return goOn;
  }

  /** A hit inside a handler: nobody's handler runs, every probe at the address counts. */
  private static void skip(ProbeSite site, Cpu cpu) {
    for (Kprobe probe : site.probes()) {
      probe.countMissed();
      Kretprobe kretprobe = probe.kretprobe();
      if (kretprobe != null && probe.enabled()) {
        Ledger ledger = kretprobe.registration().ledger();
        ledger.count(cpu.id(), Ledger.Event.ENTRY);
        ledger.count(cpu.id(), Ledger.Event.NESTED);
      }
    }
  }

  private static void runPostHandlers(Kprobe[] probes, PtRegs regs) {
    for (Kprobe probe : probes) {
      Kprobe.PostHandler handler = probe.postHandler();
      if (handler != null && probe.enabled()) {
        handler.handle(probe, regs);
      }
    }
  }

  private void follow(Cpu cpu, Kretprobe kretprobe, Registration registration, PtRegs regs) {
    Ledger ledger = registration.ledger();
    ledger.count(cpu.id(), Ledger.Event.ENTRY);
    InstancePool pool = registration.pool();
    int number = pool.pop(cpu.id());
    if (number == InstancePool.MISSED) {
      ledger.count(cpu.id(), Ledger.Event.MISSED);
      registration.countNmissed();
      if (alone && pool.free() != 0) {
        throw new LawBrokenException(
            "L6 the last one counts: %s missed with free=%d".formatted(registration, pool.free()));
      }
      return;
    }
    Task task = cpu.task();
    KretprobeInstance instance = registration.instance(number);
    if (!instance.take(task.pid())) {
      throw new LawBrokenException(
          "L3 exclusivity: %s instance=%d is in two hands: task=%s"
              .formatted(registration, number, task));
    }
    Kretprobe.EntryHandler entryHandler = kretprobe.entryHandler();
    if (entryHandler != null && entryHandler.handle(instance, regs) != 0) {
      ledger.count(cpu.id(), Ledger.Event.DECLINED);
      instance.putBack();
      pool.push(cpu.id(), number);
      return;
    }
    instance.returnAddress(regs.returnAddress(task));
    regs.setReturnAddress(task, trampoline);
    task.pushInFlight(registration.handleOf(instance));
    ledger.count(cpu.id(), Ledger.Event.FOLLOWED);
  }

  @Override
  public long trampoline(Cpu cpu) {
    Task task = cpu.task();
    int depth = task.inFlightDepth();
    // All probes of one call share a frame: the first to hook it stored the true return address,
    // those after it stored the trampoline's.
    int oldest = depth;
    long caller = trampoline;
    while (caller == trampoline) {
      if (--oldest < 0) {
        throw new LawBrokenException("L4 true return: none is known: task=" + task);
      }
      caller = inFlight.resolve(task.inFlight(oldest)).returnAddress();
    }
    if (rules.irqsOff()) {
      long irqs = machine.contexts().saveAndDisableIrqs(cpu.id());
      runReturnHandlers(cpu, task, oldest, caller);
      machine.contexts().restoreIrqs(cpu.id(), irqs);
    } else {
      runReturnHandlers(cpu, task, oldest, caller);
    }
    return caller;
  }

  private void runReturnHandlers(Cpu cpu, Task task, int oldest, long caller) {
    int depth = task.inFlightDepth();
    int last = -1;
    for (int i = depth - 1; i >= oldest; i--) {
      KretprobeInstance instance = inFlight.resolve(task.inFlight(i));
      Registration registration = instance.registration();
      if (registration.alive()) {
        requireOrder(registration.sequence() > last, registration);
        last = registration.sequence();
        registration.ledger().count(cpu.id(), Ledger.Event.HANDLED);
        handle(cpu, instance, caller);
      } else {
        registration.ledger().count(cpu.id(), Ledger.Event.ORPHANED);
      }
      if (rules.recyclesOneByOne()) {
        task.truncateInFlight(i);
        recycle(cpu, instance);
      }
    }
    if (!rules.recyclesOneByOne()) {
      task.truncateInFlight(oldest);
      for (int i = depth - 1; i >= oldest; i--) {
        recycle(cpu, inFlight.resolve(task.inFlight(i)));
      }
    }
  }

  private void handle(Cpu cpu, KretprobeInstance instance, long caller) {
    if (rules.showsTrueCaller()) {
      instance.returnAddress(caller);
    }
    Kretprobe.Handler handler = instance.kretprobe().handler();
    if (handler != null) {
      int busyWord = (cpu.id() + 1) * ROW;
      busy[busyWord] = 1;
      cpu.regs().setInstructionPointer(caller);
      handler.handle(instance, cpu.regs());
      busy[busyWord] = 0;
    }
  }

  @Override
  public void taskExited(Cpu cpu, Task task) {
    for (int i = task.inFlightDepth() - 1; i >= 0; i--) {
      KretprobeInstance instance = inFlight.resolve(task.inFlight(i));
      Registration registration = instance.registration();
      registration
          .ledger()
          .count(cpu.id(), registration.alive() ? Ledger.Event.FLUSHED : Ledger.Event.ORPHANED);
      task.truncateInFlight(i);
      recycle(cpu, instance);
    }
  }

  /** Back to the pool of the CPU it is on now; an orphan goes nowhere. */
  private static void recycle(Cpu cpu, KretprobeInstance instance) {
    instance.putBack();
    Registration registration = instance.registration();
    if (registration.alive()) {
      registration.pool().push(cpu.id(), instance.number());
    }
  }

  private static void requireOrder(boolean inOrder, Registration registration) {
    if (!inOrder) {
      throw new LawBrokenException("L5 order: out of turn: " + registration);
    }
  }
}
