package dev.kretsim.conform.driver;

import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.workload.drive.Body;
import dev.kretsim.workload.drive.Kthread;
import dev.kretsim.workload.drive.Routine;
import dev.kretsim.workload.drive.Step;

/** A task that is inside a target until a step releases it. */
public final class HeldTask {
  final String tag;
  public final int index;
  final Kthread thread;
  private final String target;
  private int lastCpu;
  private boolean back;
  private boolean returned;
  private boolean released;

  public HeldTask(
      String tag, int index, String target, long argument, Targets targets, Machine machine) {
    this.tag = tag;
    this.index = index;
    this.target = target;
    Step call = new Step.Call(targets.routine(target), argument);
    Step exit = new Step.Exit();
    Body body = frame -> frame.step() == 0 ? call : exit;
    thread = new Kthread(machine.newTask(tag + index), new Routine(targets.threadFunction(), body));
    targets.hold(thread.task(), index);
  }

  int lastCpu() {
    return lastCpu;
  }

  /** Has it returned, or died inside? */
  boolean back() {
    return back;
  }

  boolean diedInside() {
    return back && !returned;
  }

  long returned() {
    return Targets.asDeclared(target, thread.lastResult());
  }

  boolean released() {
    return released;
  }

  /** Lets it go, on {@code cpu}; it may be back already. */
  void release(Cpu cpu) {
    released = true;
    if (!back) {
      run(cpu);
    }
  }

  /** Runs it on {@code cpu} until it waits inside the target, or is back. */
  public void run(Cpu cpu) {
    lastCpu = cpu.id();
    Kthread.Pause pause = thread.resume(cpu);
    if (pause == Kthread.Pause.RESTING) {
      returned = true;
      pause = thread.resume(cpu);
    }
    back = pause == Kthread.Pause.EXITED;
  }
}
