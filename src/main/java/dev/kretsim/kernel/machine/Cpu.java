package dev.kretsim.kernel.machine;

import dev.kretsim.arch.AddressSpace;
import dev.kretsim.arch.PageFaultException;
import dev.kretsim.arch.PtRegs;
import dev.kretsim.kernel.LawBrokenException;
import dev.kretsim.kernel.OopsException;
import dev.kretsim.kernel.text.KernelText;
import dev.kretsim.kernel.text.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * An emulated CPU: registers, the task it runs, and the two halves of a function call.
 *
 * <p>One thread at a time drives a CPU. A call is {@link #enter}, then whatever the function does,
 * then {@link #leave}; between the two the task may have slept and moved to another CPU.
 */
public final class Cpu {
  /** What a CPU can be in the middle of: {@code in_task()}, {@code in_nmi()} and so on. */
  public enum Context {
    /** A task, in the kernel. */
    TASK,
    /** A soft interrupt. */
    SOFTIRQ,
    /** A hard interrupt. */
    HARDIRQ,
    /** An interrupt that cannot be turned off. */
    NMI
  }

  /** What an interrupt has to put back when it is over. */
  @SuppressWarnings("ArrayRecordComponent") // handed back as it is, compared by nobody
  public record Interrupted(Context context, long[] regs, long irqs) {}

  private static final ThreadLocal<Cpu> CURRENT = new ThreadLocal<>();

  private final int id;
  private final Machine machine;
  private final KernelText text;
  private final TrapHandler traps;
  private final PtRegs regs;
  private final boolean callStoresReturnAddress;
  private final long trampoline;
  private final AddressSpace memory;
  private final CodeRunner code;
  private Context context = Context.TASK;
  private @Nullable Task task;

  Cpu(int id, Machine machine, TrapHandler traps) {
    this.id = id;
    this.machine = machine;
    this.text = machine.text();
    this.traps = traps;
    this.regs = machine.arch().newRegs();
    this.callStoresReturnAddress = machine.arch().callStoresReturnAddress();
    this.trampoline = machine.trampoline().address();
    this.memory = new CpuMemory(this, machine);
    this.code = new CodeRunner(this, machine, traps);
  }

  /**
   * {@return the CPU that the calling thread emulates: {@code smp_processor_id}} For handlers.
   *
   * @throws IllegalStateException if the calling thread is not an emulated CPU
   */
  public static Cpu current() {
    Cpu cpu = CURRENT.get();
    if (cpu == null) {
      throw new IllegalStateException("the calling thread is not an emulated CPU");
    }
    return cpu;
  }

  /** {@return its number, from 0} */
  public int id() {
    return id;
  }

  /** {@return the machine that it belongs to} */
  public Machine machine() {
    return machine;
  }

  /** {@return its registers; what handlers change in them counts} */
  public PtRegs regs() {
    return regs;
  }

  /**
   * {@return the running task}
   *
   * @throws IllegalStateException if the CPU is idle
   */
  public Task task() {
    if (task == null) {
      throw new IllegalStateException("the CPU is idle: cpu=" + id);
    }
    return task;
  }

  /**
   * Runs {@code next} from now on, on the calling thread: a context switch. A thread that drives
   * several CPUs in turn calls this whenever it turns to another.
   *
   * @param next the task to run
   */
  public void switchTo(Task next) {
    CURRENT.set(this);
    task = next;
    regs.setStackPointer(next.stackPointer());
    regs.setCurrentTask(next.structAddress());
  }

  /** Takes the running task off the CPU, which is idle then. */
  public void switchToIdle() {
    task = null;
  }

  /**
   * The first half of a call: everything up to the first instruction of the function's body.
   *
   * @param function in the kernel's text
   * @param argument the function's first argument
   * @param returnAddress where the caller goes on
   * @return whether the body is to be run; false if a probe's handler redirected execution, then
   *     {@link #leave} follows at once with the return value that the handler left
   */
  public boolean enter(Symbol function, long argument, long returnAddress) {
    Task caller = task();
    long probe = function.entryProbe();
    begin(caller, argument, returnAddress, probe);
    boolean runsBody = !text.isPatched(probe) || trap(probe);
    if (!callStoresReturnAddress) {
      // The function's prologue: from here on the link register is free for calls of its own.
      caller.push(regs.returnAddress(caller));
    }
    return runsBody;
  }

  /** What a call instruction does, with the first argument in its register. */
  private void begin(Task caller, long argument, long returnAddress, long target) {
    regs.setArgument(0, argument);
    if (callStoresReturnAddress) {
      caller.push(returnAddress);
    } else {
      regs.setReturnAddress(caller, returnAddress);
    }
    regs.setStackPointer(caller.stackPointer());
    regs.setInstructionPointer(target);
  }

  /** A probe on the entry of a Java body. A repaired fault of its handlers lets them run again. */
  private boolean trap(long probe) {
    while (true) {
      try {
        return traps.breakpoint(this, probe);
      } catch (PageFaultException fault) {
        if (!machine.repairs(this, fault)) {
          throw oops(fault);
        }
      }
    }
  }

  /**
   * {@return what stops the running task, as it faulted at the instruction pointer}
   *
   * @param fault why
   */
  public OopsException oops(RuntimeException fault) {
    String where = machine.symbols().describe(regs.instructionPointer());
    return new OopsException("%s: %s: %s".formatted(task(), where, fault.getMessage()), fault);
  }

  /**
   * The second half of a call: the function returns.
   *
   * @param value what the function returns
   * @param returnAddress what was given to {@link #enter}
   * @return the value that the caller gets, which a return handler may have replaced
   * @throws LawBrokenException if the call would go on anywhere but in its caller
   */
  public long leave(long value, long returnAddress) {
    Task callee = task();
    regs.setReturnValue(value);
    long target = callee.pop();
    regs.setStackPointer(callee.stackPointer());
    regs.setInstructionPointer(target);
    if (target == trampoline) {
      throughTrampoline();
      target = regs.instructionPointer();
    }
    if (target != returnAddress) {
      throw new LawBrokenException(
          "L4 true return: task=%s returned to 0x%x, its caller is 0x%x"
              .formatted(callee, target, returnAddress));
    }
    return regs.returnValue();
  }

  /** The function has returned into the trampoline, which finds its true caller. */
  void throughTrampoline() {
    if (text.isPatched(trampoline)) {
      traps.breakpoint(this, trampoline);
    }
    try {
      regs.setInstructionPointer(traps.trampoline(this));
    } catch (PageFaultException fault) {
      throw oops(fault);
    }
  }

  /**
   * Calls a function that is machine code, and runs it to its return. Further arguments are set in
   * the registers before.
   *
   * @param function in the kernel's text
   * @param argument its first argument
   * @param returnAddress where the caller goes on
   * @return what the function leaves in the return register
   * @throws OopsException if the code faults and nobody repairs that; what the task holds stays
   *     held until {@link #exitTask}
   */
  public long call(Symbol function, long argument, long returnAddress) {
    Task caller = task();
    long callerStack = caller.stackPointer();
    begin(caller, argument, returnAddress, function.address());
    code.run(returnAddress, callerStack);
    caller.stackPointer(callerStack);
    return regs.returnValue();
  }

  /**
   * Executes the instruction that was compiled at the instruction pointer, whatever is there now.
   */
  public void executeCompiled() {
    code.execute(regs.instructionPointer());
  }

  /** {@return what this CPU's loads and stores reach: the running task's stack, data and text} */
  public AddressSpace memory() {
    return memory;
  }

  /** {@return what this CPU is in the middle of} */
  public Context context() {
    return context;
  }

  /**
   * An interrupt arrives: what it runs is to be called between this and {@link #leaveInterrupt}, on
   * the running task's stack. Interrupts stay off in a hard interrupt and in an NMI.
   *
   * @param kind what arrives; not {@link Context#TASK}
   * @return what {@link #leaveInterrupt} takes
   */
  public Interrupted enterInterrupt(Context kind) {
    Interrupted before =
        new Interrupted(context, regs.save(), machine.contexts().saveAndDisableIrqs(id));
    context = kind;
    if (kind == Context.SOFTIRQ) {
      machine.contexts().restoreIrqs(id, before.irqs());
    }
    return before;
  }

  /**
   * What this CPU is in the middle of from now on; for traps that count as something else.
   *
   * @param next what it is in the middle of
   */
  public void enterContext(Context next) {
    context = next;
  }

  /**
   * The interrupt is over: everything is as it was.
   *
   * @param before what {@link #enterInterrupt} returned
   */
  public void leaveInterrupt(Interrupted before) {
    context = before.context();
    regs.restore(before.regs());
    machine.contexts().restoreIrqs(id, before.irqs());
  }

  /** Ends the running task, wherever it is; what it still holds is taken back. */
  public void exitTask() {
    traps.taskExited(this, task());
    switchToIdle();
  }

  /** {@return whether another task could take the CPU over now: {@code preemptible}} */
  public boolean preemptible() {
    return context == Context.TASK && irqsEnabled() && !traps.handling(this);
  }

  /** {@return whether interrupts are enabled on this CPU} */
  public boolean irqsEnabled() {
    return machine.contexts().irqsEnabled(id);
  }
}
