package dev.kretsim.workload;

import dev.kretsim.arch.PtRegs;
import dev.kretsim.kernel.Cpu;
import dev.kretsim.kernel.Symbol;

/**
 * A function of the emulated kernel: its place in the text, and what it does.
 *
 * @param symbol where it lies
 * @param body what it does
 */
public record Routine(Symbol symbol, Body body) {
  /** Bytes from a function's start to behind its first call: where calls return to. */
  private static final int CALL_SITE = 16;

  /** Where the calls that this function makes return to. */
  public long returnSite() {
    return symbol.address() + CALL_SITE;
  }

  /**
   * Calls the function at once, from a handler or an interrupt, on the stack of the running task.
   * The registers are left as they were.
   *
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
    Frame frame = new Frame();
    frame.open(this, argument, returnAddress);
    if (!cpu.enter(symbol, argument, returnAddress)) {
      return cpu.leave(cpu.regs().returnValue(), returnAddress);
    }
    while (true) {
      Step step = frame.advance();
      if (step instanceof Step.Call call) {
        frame.result(call.callee().call(cpu, call.argument(), returnSite()));
      } else if (step instanceof Step.Return back) {
        return cpu.leave(back.value(), returnAddress);
      } else if (!(step instanceof Step.Spin)) {
        throw new IllegalStateException(
            "handlers and interrupts never sleep: function=" + symbol.name());
      }
    }
  }
}
