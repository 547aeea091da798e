package dev.kretsim.workload.run;

import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.workload.drive.Routine;
import dev.kretsim.workload.drive.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls that entry handlers make: what a handler calls is never followed, as its CPU is busy
 * with a probe already.
 *
 * @param handler whose code makes the calls
 * @param programs what each CPU runs
 */
record HandlerCalls(Symbol handler, List<Program> programs, @Nullable CallListener listener) {
  /** An entry handler that calls {@code function} and then accepts. */
  Kretprobe.EntryHandler handler(String function) {
    Routine caller =
        new Routine(
            handler,
            frame -> {
              throw new IllegalStateException("a handler has no body: " + handler.name());
            });
    return (instance, regs) -> {
      Cpu cpu = Cpu.current();
      Routine callee = programs.get(cpu.id()).routine(function);
      if (listener != null) {
        listener.step(cpu, handler, new Step.Call(callee, 0));
      }
      callee.callNow(cpu, 0, caller);
      return 0;
    };
  }
}
