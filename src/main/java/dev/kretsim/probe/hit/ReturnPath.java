package dev.kretsim.probe.hit;

import dev.kretsim.arch.PageFaultException;
import dev.kretsim.kernel.KernelBugException;
import dev.kretsim.kernel.LawBrokenException;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.lock.RawSpinLock;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.KretprobeInstance;
import dev.kretsim.probe.Ledger;
import dev.kretsim.probe.Registration;
import dev.kretsim.probe.ReturnCursor;
import org.jspecify.annotations.Nullable;

/**
 * The return half of kretprobes: the trampoline's handler, and what becomes of dead tasks' calls.
 */
public final class ReturnPath {
  private final Machine machine;
  private final InFlightTable inFlight;
  private final HitStates states;
  private final long trampoline;
  private final ReturnRules rules;
  private final @Nullable BucketLocks buckets;
  private final boolean countsFaults;

  ReturnPath(Machine machine, InFlightTable inFlight, HitStates states) {
    this.machine = machine;
    this.inFlight = inFlight;
    this.states = states;
    this.trampoline = machine.trampoline().address();
    this.rules = ReturnRules.of(machine.version(), machine.arch());
    this.countsFaults = machine.version().hasFaultHandlers();
    this.buckets = rules.underBucketLock() ? new BucketLocks(machine) : null;
  }

  public @Nullable BucketLocks buckets() {
    return buckets;
  }

  /** The function has returned into the trampoline: calls the handlers, gives the true caller. */
  long trampoline(Cpu cpu) {
    Task task = cpu.task();
    if (buckets == null) {
      return walk(cpu, task);
    }
    RawSpinLock bucket = buckets.of(task);
    long irqs = bucket.lockIrqSave(cpu.id());
    try {
      return walk(cpu, task);
    } finally {
      bucket.unlockIrqRestore(cpu.id(), irqs);
    }
  }

  private long walk(Cpu cpu, Task task) {
    // All probes of one call share a frame: the first to hook it stored the true return address,
    // those after it stored the trampoline's.
    int at = task.inFlightDepth() - 1;
    KretprobeInstance oldest = inFlightAt(task, at);
    while (oldest.returnAddress() == trampoline) {
      oldest = inFlightAt(task, --at);
    }
    long caller = oldest.returnAddress();
    cpu.regs().setInstructionPointer(rules.showsCallerAsIp() ? caller : trampoline);
    if (!rules.busyThroughout()) {
      runHandlers(cpu, task, at, oldest);
      return caller;
    }
    long before = states.of(cpu.id());
    states.set(cpu.id(), HitStates.ACTIVE);
    try {
      runHandlers(cpu, task, at, oldest);
    } finally {
      states.set(cpu.id(), before);
    }
    return caller;
  }

  private KretprobeInstance inFlightAt(Task task, int position) {
    if (position < 0) {
      throw new KernelBugException(
          "return address not found: a call came back that nobody follows: task=" + task);
    }
    return inFlight.resolve(task.inFlight(position));
  }

  /** Takes the oldest instance too, which mostly is the only one, and need not be found again. */
  private void runHandlers(Cpu cpu, Task task, int end, KretprobeInstance oldest) {
    int depth = task.inFlightDepth();
    long caller = oldest.returnAddress();
    Registration last = null;
    for (int i = depth - 1; i >= end; i--) {
      KretprobeInstance instance = i == end ? oldest : inFlightAt(task, i);
      Registration registration = instance.registration();
      if (registration.alive()) {
        requireOrder(last == null || registration.comesAfter(last), registration);
        last = registration;
        registration.ledger().count(cpu.id(), Ledger.Event.HANDLED);
        try {
          handle(cpu, instance, caller);
        } catch (PageFaultException fault) {
          recycleFrom(cpu, task, i, instance); // the task is stopped; their calls are accounted for
          throw fault;
        }
      } else {
        registration.ledger().count(cpu.id(), Ledger.Event.ORPHANED);
      }
      if (rules.recyclesOneByOne()) {
        task.truncateInFlight(i);
        recycle(cpu, instance);
      }
    }
    if (!rules.recyclesOneByOne()) {
      recycleFrom(cpu, task, end, oldest);
    }
  }

  private void recycleFrom(Cpu cpu, Task task, int end, KretprobeInstance oldest) {
    int depth = task.inFlightDepth();
    task.truncateInFlight(end);
    for (int i = depth - 1; i > end; i--) {
      recycle(cpu, inFlightAt(task, i));
    }
    recycle(cpu, oldest);
  }

  private void handle(Cpu cpu, KretprobeInstance instance, long caller) {
    if (rules.showsTrueCaller()) {
      instance.returnAddress(caller);
    }
    Kretprobe.Handler handler = instance.kretprobe().handler();
    if (handler != null) {
      long before = states.of(cpu.id());
      states.set(cpu.id(), HitStates.ACTIVE);
      try {
        handler.handle(instance, cpu.regs());
      } catch (PageFaultException fault) {
        states.set(cpu.id(), before);
        if (countsFaults) {
          instance.kretprobe().kp().countMissed();
        }
        throw fault;
      }
      states.set(cpu.id(), before);
    }
  }

  /** {@code kprobe_flush_task}, {@code rethook_flush_task}: no handler is called. */
  void taskExited(Cpu cpu, Task task) {
    if (rules.flushesLate() && task.inFlightDepth() > 0) {
      machine.rcu().later(later -> flush(machine.cpu(later), task));
    } else {
      flush(cpu, task);
    }
  }

  private void flush(Cpu cpu, Task task) {
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
    } else {
      registration.drop();
    }
  }

  static void requireOrder(boolean inOrder, Registration registration) {
    if (!inOrder) {
      throw new LawBrokenException("L5 order: out of turn: " + registration);
    }
  }

  /** {@code kretprobe_find_ret_addr}; see {@code Kprobes.findReturnAddress}. */
  public long findReturnAddress(Task task, long frame, ReturnCursor cursor) {
    for (int at = cursor.next(task); at >= 0; at = cursor.next(task)) {
      KretprobeInstance instance = inFlight.resolve(task.inFlight(at));
      // Entries with the trampoline's address share the frame of an older one, which has the true
      // address.
      if (instance.returnAddress() != trampoline && instance.frame() == frame) {
        return instance.returnAddress();
      }
    }
    return 0;
  }
}
