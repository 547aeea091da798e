package dev.kretsim.workload.drive;

import dev.kretsim.arch.PtRegs;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.text.Symbol;

/**
 * A function of the emulated kernel: its place in the text, and what it does.
 *
 * @param symbol where it lies
 * @param body what it does
 */
public record Routine(Symbol symbol, Body body) {
  /** Bytes from a function's start to behind its first call: where calls return to. */
  private static final int CALL_SITE = 16;

  /**
   * {@return a function that is machine code, which is all there is to run}
   *
   * @param symbol where it lies
   */
  public static Routine ofCode(Symbol symbol) {
    return new Routine(
        symbol,
        frame -> {
          throw new IllegalStateException("machine code has no steps: " + symbol.name());
        });
  }

  /** Whether it is machine code. */
  boolean isCode() {
    return !symbol.has(Symbol.Trait.HOSTED);
  }

  /** {@return where the calls that this function makes return to} */
  public long returnSite() {
    return symbol.address() + CALL_SITE;
  }

  /**
   * Calls the function at once, from a handler or an interrupt, on the stack of the running task.
   * The registers are left as they were.
   *
   * @param cpu the CPU that makes the call, driven by the calling thread
   * @param argument the function's first argument
   * @param caller whose code makes the call
   * @return what the function returns
   * @throws IllegalStateException if the function gives up the CPU: neither may sleep
   */
  public long callNow(Cpu cpu, long argument, Routine caller) {
    PtRegs regs = cpu.regs();
    long[] saved = regs.save();
    long value = call(cpu, argument, caller.returnSite());
    regs.restore(saved);
    return value;
  }

  private long call(Cpu cpu, long argument, long returnAddress) {
    if (isCode()) {
      return cpu.call(symbol, argument, returnAddress);
    }
    return cpu.enter(symbol, argument, returnAddress)
        ? cpu.leave(runBody(cpu, argument), returnAddress)
        : cpu.leave(cpu.regs().returnValue(), returnAddress);
  }

  /**
   * Runs the body alone, without entry and return: what machine code that calls the function needs.
   *
   * @param cpu the CPU that makes the call, driven by the calling thread
   * @param argument the function's first argument
   * @return what the body returns
   * @throws IllegalStateException if the body gives up the CPU
   */
  public long runBody(Cpu cpu, long argument) {
    Frame frame = new Frame();
    frame.open(this, argument, 0);
    while (true) {
      Step step = frame.advance();
      if (step instanceof Step.Call call) {
        frame.result(call.callee().call(cpu, call.argument(), returnSite()));
      } else if (step instanceof Step.Return back) {
        return back.value();
      } else if (!(step instanceof Step.Spin)) {
        throw new IllegalStateException(
            "handlers, interrupts and machine code never sleep: function=" + symbol.name());
      }
    }
  }
}
