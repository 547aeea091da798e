package dev.kretsim.workload.drive;

import dev.kretsim.arch.PageFaultException;
import dev.kretsim.kernel.OopsException;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Task;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A task and what it is doing: a stack of activations, the first of which is the thread's own
 * function.
 */
public final class Kthread {
  /** Why a thread stopped running. */
  public enum Pause {
    /** It keeps its CPU busy for {@link Kthread#pauseNs}. */
    SPINNING,
    /** It gave its CPU up for {@link Kthread#pauseNs}. */
    SLEEPING,
    /** It gave its CPU up until somebody resumes it. */
    HOLDING,
    /** It finished a call and could go on: others may have the CPU first. */
    RESTING,
    /** It has returned from its own function, or died. */
    EXITED
  }

  private static final int FIRST_FRAMES = 8;

  private final Task task;
  private Frame[] frames = new Frame[0];
  private int depth;
  private long pauseNs;
  private long steps;
  private long wakeAtNs;
  private @Nullable String oops;
  private volatile boolean killed;

  /**
   * @param task what the CPUs see of it
   * @param main the thread's own function; it is not called, so no probe sees it
   */
  public Kthread(Task task, Routine main) {
    this.task = task;
    frameAt(0).open(main, 0, 0);
  }

  /** {@return what the CPUs see of it} */
  public Task task() {
    return task;
  }

  /** {@return how long the pause that {@link #resume} returned takes, in nanoseconds} */
  public long pauseNs() {
    return pauseNs;
  }

  /** {@return what the last call made by the thread's own function returned} */
  public long lastResult() {
    return frames[0].result();
  }

  /** {@return the fault that stopped the thread; null if none did} */
  public @Nullable String oops() {
    return oops;
  }

  /** Has it die where it is, instead of going on; any thread may call. */
  void kill() {
    killed = true;
  }

  boolean killed() {
    return killed;
  }

  /**
   * Runs on {@code cpu} until the next pause.
   *
   * @param cpu one that no other thread drives
   * @return why it paused
   */
  public Pause resume(Cpu cpu) {
    cpu.switchTo(task);
    steps = 1;
    if (killed) {
      cpu.exitTask();
      return Pause.EXITED;
    }
    try {
      return run(cpu);
    } catch (OopsException bad) {
      oops = bad.getMessage();
    } catch (PageFaultException inJava) {
      oops = cpu.oops(inJava).getMessage();
    }
    cpu.exitTask();
    return Pause.EXITED;
  }

  /** How many steps of its functions it took until its last pause. */
  long steps() {
    return steps;
  }

  private Pause run(Cpu cpu) {
    for (steps = 1; ; steps++) {
      Frame frame = frames[depth];
      Step step = frame.advance();
      if (step instanceof Step.Call call) {
        enter(cpu, frame.routine(), call);
        if (depth == 0) {
          return Pause.RESTING; // machine code, or redirected by a handler: it is over already
        }
      } else if (step instanceof Step.Return back && depth > 0) {
        leave(cpu, back.value());
        if (depth == 0) {
          return Pause.RESTING;
        }
      } else if (step instanceof Step.Spin spin) {
        pauseNs = spin.ns().getAsLong();
        return Pause.SPINNING;
      } else if (step instanceof Step.Sleep sleep) {
        pauseNs = sleep.ns().getAsLong();
        cpu.switchToIdle();
        return Pause.SLEEPING;
      } else if (step instanceof Step.Hold) {
        cpu.switchToIdle();
        return Pause.HOLDING;
      } else {
        cpu.exitTask();
        return Pause.EXITED;
      }
    }
  }

  private void enter(Cpu cpu, Routine caller, Step.Call call) {
    long returnAddress = caller.returnSite();
    if (call.callee().isCode()) {
      frames[depth].result(cpu.call(call.callee().symbol(), call.argument(), returnAddress));
      return;
    }
    frameAt(depth + 1).open(call.callee(), call.argument(), returnAddress);
    depth++;
    if (!cpu.enter(call.callee().symbol(), call.argument(), returnAddress)) {
      leave(cpu, cpu.regs().returnValue());
    }
  }

  private void leave(Cpu cpu, long value) {
    long returned = cpu.leave(value, frames[depth].returnAddress());
    depth--;
    frames[depth].result(returned);
  }

  private Frame frameAt(int position) {
    if (position >= frames.length) {
      int filled = frames.length;
      frames = Arrays.copyOf(frames, Math.max(FIRST_FRAMES, 2 * filled));
      for (int i = filled; i < frames.length; i++) {
        frames[i] = new Frame();
      }
    }
    return frames[position];
  }

  long wakeAtNs() {
    return wakeAtNs;
  }

  void wakeAtNs(long time) {
    wakeAtNs = time;
  }
}
