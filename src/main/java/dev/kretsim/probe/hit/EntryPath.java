package dev.kretsim.probe.hit;

import dev.kretsim.arch.PageFaultException;
import dev.kretsim.arch.PtRegs;
import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.KernelVersion;
import dev.kretsim.kernel.LawBrokenException;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.lock.RawSpinLock;
import dev.kretsim.pool.InstancePool;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.KretprobeInstance;
import dev.kretsim.probe.Ledger;
import dev.kretsim.probe.Registration;
import org.jspecify.annotations.Nullable;

/**
 * The entry half of a kretprobe: takes an instance, asks the entry handler, hijacks the return
 * address: {@code pre_handler_kretprobe}.
 */
public final class EntryPath {
  private final long trampoline;
  private final @Nullable BucketLocks buckets;
  private final boolean refusesNmis;
  private final boolean framesAreStackSlots;
  private boolean alone;

  EntryPath(Machine machine, ReturnPath returns) {
    this.trampoline = machine.trampoline().address();
    this.buckets = returns.buckets();
    this.refusesNmis = machine.version() == KernelVersion.V5_4;
    this.framesAreStackSlots = machine.arch() == Arch.X86_64;
  }

  /** Says that one thread drives all CPUs, so that law L6 can be checked at every miss. */
  public void driveAlone() {
    alone = true;
  }

  void follow(Cpu cpu, Kretprobe kretprobe, Registration registration, PtRegs regs) {
    Ledger ledger = registration.ledger();
    ledger.count(cpu.id(), Ledger.Event.ENTRY);
    if (refusesNmis && cpu.context() == Cpu.Context.NMI) {
      // The pool's lock may be held by what the NMI interrupted.
      ledger.count(cpu.id(), Ledger.Event.NMI);
      registration.countNmissedUnlocked();
      return;
    }
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
    try {
      if (entryHandler != null && entryHandler.handle(instance, regs) != 0) {
        decline(cpu, registration, instance);
        return;
      }
    } catch (PageFaultException fault) {
      decline(cpu, registration, instance); // its task is stopped, or enters again
      throw fault;
    }
    instance.hijacked(regs.returnAddress(task), frameOf(regs));
    regs.setReturnAddress(task, trampoline);
    if (buckets == null) {
      task.pushInFlight(registration.handleOf(instance));
    } else {
      RawSpinLock bucket = buckets.of(task);
      long irqs = bucket.lockIrqSave(cpu.id());
      task.pushInFlight(registration.handleOf(instance));
      bucket.unlockIrqRestore(cpu.id(), irqs);
    }
    ledger.count(cpu.id(), Ledger.Event.FOLLOWED);
  }

  private static void decline(Cpu cpu, Registration registration, KretprobeInstance instance) {
    registration.ledger().count(cpu.id(), Ledger.Event.DECLINED);
    instance.putBack();
    registration.pool().push(cpu.id(), instance.number());
  }

  /** What tells activations apart: where the return address lies, or the frame pointer. */
  private long frameOf(PtRegs regs) {
    return framesAreStackSlots ? regs.stackPointer() : regs.framePointer();
  }
}
