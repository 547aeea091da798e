package dev.kretsim.workload.run;

import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.workload.drive.Body;
import dev.kretsim.workload.drive.Frame;
import dev.kretsim.workload.drive.Step;

/**
 * Tells a listener what a body does.
 *
 * @param called whether the function is called, so that it can be entered; a thread's own is not
 */
record WatchedBody(Symbol symbol, Body body, boolean called, CallListener listener)
    implements Body {
  @Override
  public Step next(Frame frame) {
    Cpu cpu = Cpu.current();
    if (called && frame.step() == 0) {
      listener.entered(cpu, symbol);
    }
    Step step = body.next(frame);
    listener.step(cpu, symbol, step);
    return step;
  }
}
