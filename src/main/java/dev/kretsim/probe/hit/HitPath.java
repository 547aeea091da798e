package dev.kretsim.probe.hit;

import dev.kretsim.arch.InstructionSet;
import dev.kretsim.arch.PageFaultException;
import dev.kretsim.arch.PtRegs;
import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelBugException;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.kernel.machine.TrapHandler;
import dev.kretsim.probe.Flavour;
import dev.kretsim.probe.Kprobe;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.Ledger;
import dev.kretsim.probe.Registration;
import dev.kretsim.probe.site.Ainsn;
import dev.kretsim.probe.site.Arming;
import dev.kretsim.probe.site.Site;
import dev.kretsim.probe.site.SiteTable;

/**
 * What happens at a hit: the one implementation, whatever drives the CPUs.
 *
 * <p>The steps of a hit are not one atomic action. They are safe because nothing else runs on the
 * CPU meanwhile but what interrupts it, and a probe hit by that is skipped.
 */
public final class HitPath implements TrapHandler {
  /** The trap number of a page fault. */
  private static final int PAGE_FAULT = 14;

  private final SiteTable table;
  private final Machine machine;
  private final InstructionSet instructions;
  private final HitStates states;
  private final ReturnPath returns;
  private final EntryPath entries;
  private final boolean handlesFaults;
  private final boolean trapsAreNmis;

  public HitPath(Machine machine, SiteTable table, InFlightTable inFlight) {
    this.machine = machine;
    this.table = table;
    this.instructions = machine.arch().instructions();
    this.states = new HitStates(machine.spec().possibleCpus());
    this.returns = new ReturnPath(machine, inFlight, states);
    this.entries = new EntryPath(machine, returns);
    // Since 5.8 an int3 in the kernel is accounted as an NMI.
    this.trapsAreNmis = machine.arch() == Arch.X86_64 && machine.version() != KernelVersion.V5_4;
    this.handlesFaults = machine.version().hasFaultHandlers();
  }

  public EntryPath entries() {
    return entries;
  }

  public ReturnPath returns() {
    return returns;
  }

  @Override
  public boolean breakpoint(Cpu cpu, long address) {
    Site site = table.at(address);
    if (site == null) {
      cpu.executeCompiled(); // disarmed meanwhile: the instruction is there again
      return true;
    }
    int cpuId = cpu.id();
    if (states.of(cpuId) != HitStates.IDLE) {
      skip(site, cpu);
      return true;
    }
    if (!site.flavour().irqsOff()) {
      return handle(site, cpu);
    }
    Cpu.Context context = cpu.context();
    long irqs = machine.contexts().saveAndDisableIrqs(cpuId);
    cpu.enterContext(trapsAreNmis ? Cpu.Context.NMI : context);
    try {
      return handle(site, cpu);
    } finally {
      cpu.enterContext(context);
      machine.contexts().restoreIrqs(cpuId, irqs);
    }
  }

  private boolean handle(Site site, Cpu cpu) {
    int cpuId = cpu.id();
    PtRegs regs = cpu.regs();
    states.set(cpuId, HitStates.ACTIVE);
    regs.setInstructionPointer(site.ainsn().trapIp());
    boolean goOn;
    try {
      goOn = runPreHandlers(site, cpu, regs) || !site.flavour().obeysHandlers();
    } catch (PageFaultException fault) {
      states.set(cpuId, HitStates.IDLE);
      regs.setInstructionPointer(site.address()); // if the fault is repaired, it is hit again
      throw fault;
    }
    if (goOn) {
      Ainsn ainsn = site.ainsn();
      if (ainsn.skipped()) {
        regs.setInstructionPointer(ainsn.next());
      } else {
        states.set(cpuId, HitStates.SS);
        execute(site, cpu);
      }
      if (site.wantsPost() && !site.ainsn().boosted()) {
        states.set(cpuId, HitStates.SSDONE);
        runPostHandlers(site.probes(), cpu, regs);
      }
    }
    states.set(cpuId, HitStates.IDLE);
    return goOn;
  }

  private boolean runPreHandlers(Site site, Cpu cpu, PtRegs regs) {
    int last = Integer.MAX_VALUE;
    for (Kprobe probe : site.probes()) {
      if (probe.enabled()) {
        Kretprobe kretprobe = probe.kretprobe();
        if (kretprobe != null) {
          Registration registration = kretprobe.registration();
          ReturnPath.requireOrder(registration.sequence() < last, registration);
          last = registration.sequence();
          follow(cpu, kretprobe, registration, regs);
        } else if (!runPreHandler(probe, cpu, regs) && site.flavour().obeysHandlers()) {
          return false;
        }
      }
    }
    return true;
  }

  private void follow(Cpu cpu, Kretprobe kretprobe, Registration registration, PtRegs regs) {
    try {
      entries.follow(cpu, kretprobe, registration, regs);
    } catch (PageFaultException fault) {
      if (handlesFaults) {
        kretprobe.kp().countMissed(); // whose fault handler the kernel clears
      }
      throw fault;
    }
  }

  private boolean runPreHandler(Kprobe probe, Cpu cpu, PtRegs regs) {
    Kprobe.PreHandler handler = probe.preHandler();
    if (handler == null) {
      return true;
    }
    try {
      return handler.handle(probe, regs) == 0;
    } catch (PageFaultException fault) {
      requireClaimed(probe, cpu, fault);
      return true;
    }
  }

  private void runPostHandlers(Kprobe[] probes, Cpu cpu, PtRegs regs) {
    for (Kprobe probe : probes) {
      Kprobe.PostHandler handler = probe.postHandler();
      if (handler != null && probe.enabled()) {
        try {
          handler.handle(probe, regs);
        } catch (PageFaultException fault) {
          requireClaimed(probe, cpu, fault);
        }
      }
    }
  }

  /**
   * A handler faulted. Up to 5.13 that counts as missed, and the probe's own fault handler may
   * claim it; a handler in Java cannot go on where it was, so claiming it ends the handler.
   */
  private void requireClaimed(Kprobe probe, Cpu cpu, PageFaultException fault) {
    if (handlesFaults) {
      probe.countMissed();
      Kprobe.FaultHandler handler = probe.faultHandler();
      if (handler != null && handler.handle(probe, cpu.regs(), PAGE_FAULT)) {
        return;
      }
    }
    states.set(cpu.id(), HitStates.IDLE);
    throw fault;
  }

  private void execute(Site site, Cpu cpu) {
    try {
      if (site.ainsn().boosted() || site.flavour() == Flavour.OPTIMIZED) {
        executeAlone(site, cpu);
      } else {
        site.ainsn().execute(cpu, instructions);
      }
      if (site.flavour() == Flavour.OPTIMIZED) {
        executeCovered(site, cpu);
      }
    } catch (RuntimeException fault) {
      // As the fault handler does: the probe is over, its instruction will be executed again.
      states.set(cpu.id(), HitStates.IDLE);
      throw fault;
    }
  }

  /**
   * A boosted copy and a detour run when the probe is over: after a repaired fault they go on, and
   * nobody is called again.
   */
  private void executeAlone(Site site, Cpu cpu) {
    states.set(cpu.id(), HitStates.IDLE);
    while (true) {
      try {
        site.ainsn().execute(cpu, instructions);
        return;
      } catch (PageFaultException fault) {
        if (!machine.repairs(cpu, fault)) {
          throw cpu.oops(fault);
        }
      }
    }
  }

  /** The detour also has copies of the other instructions that the jump lies on. */
  private void executeCovered(Site site, Cpu cpu) {
    long end = site.address() + Arming.JUMP_BYTES;
    for (long ip = cpu.regs().instructionPointer();
        ip > site.address() && ip < end;
        ip = cpu.regs().instructionPointer()) {
      cpu.executeCompiled();
    }
  }

  /** A hit inside a hit: nobody's handler runs, every probe at the address counts. */
  private void skip(Site site, Cpu cpu) {
    long before = states.of(cpu.id());
    if (before == HitStates.REENTER) {
      throw new KernelBugException(
          "cannot recover from a probe hit inside a re-entered one: "
              + machine.symbols().describe(site.address()));
    }
    for (Kprobe probe : site.probes()) {
      probe.countMissed();
      Kretprobe kretprobe = probe.kretprobe();
      if (kretprobe != null && probe.enabled()) {
        Ledger ledger = kretprobe.registration().ledger();
        ledger.count(cpu.id(), Ledger.Event.ENTRY);
        ledger.count(cpu.id(), Ledger.Event.NESTED);
      }
    }
    if (site.ainsn().skipped()) {
      cpu.regs().setInstructionPointer(site.ainsn().next());
      return;
    }
    states.set(cpu.id(), HitStates.REENTER);
    try {
      site.ainsn().execute(cpu, instructions);
      if (site.flavour() == Flavour.OPTIMIZED) {
        executeCovered(site, cpu);
      }
    } finally {
      states.set(cpu.id(), before);
    }
  }

  @Override
  public boolean handling(Cpu cpu) {
    return states.of(cpu.id()) != HitStates.IDLE;
  }

  @Override
  public long trampoline(Cpu cpu) {
    return returns.trampoline(cpu);
  }

  @Override
  public void taskExited(Cpu cpu, Task task) {
    returns.taskExited(cpu, task);
  }
}
