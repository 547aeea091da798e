package dev.kretsim.workload.run;

import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.workload.drive.Routine;
import dev.kretsim.workload.drive.Step;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The calls that entry handlers make: what a handler calls is never followed, as its CPU is busy
 * with a probe already.
 *
 * @param handler whose code makes the calls
 * @param programs what each CPU runs
 * @param steps how many steps a call of a function leads to
 * @param paid is told how many steps were taken
 */
record HandlerCalls(
    Symbol handler,
    List<Program> programs,
    @Nullable CallListener listener,
    ToLongFunction<String> steps,
    LongConsumer paid) {
  /** An entry handler that calls {@code function} and then accepts. */
  Kretprobe.EntryHandler handler(String function) {
    Routine caller =
        new Routine(
            handler,
            frame -> {
              throw new IllegalStateException("a handler has no body: " + handler.name());
            });
    long stepsOfOne = steps.applyAsLong(function);
    return (instance, regs) -> {
      Cpu cpu = Cpu.current();
      Routine callee = programs.get(cpu.id()).routine(function);
      if (listener != null) {
        listener.step(cpu, handler, new Step.Call(callee, 0));
      }
      paid.accept(stepsOfOne);
      callee.callNow(cpu, 0, caller);
      return 0;
    };
  }
}
