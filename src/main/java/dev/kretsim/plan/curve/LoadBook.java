package dev.kretsim.plan.curve;

import dev.kretsim.trace.Call;
import dev.kretsim.trace.CallConsumer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Keeps the load of each function while the calls of a trace go by. */
public final class LoadBook implements CallConsumer {
  private @Nullable FunctionLoad[] loads = new FunctionLoad[16];

  @Override
  public void enter(Call call) {
    int function = call.function();
    if (function >= loads.length) {
      loads = Arrays.copyOf(loads, 2 * function);
    }
    FunctionLoad load = loads[function];
    if (load == null) {
      load = new FunctionLoad();
      loads[function] = load;
    }
    load.enter(call);
  }

  @Override
  public void leave(Call call) {
    FunctionLoad load = loads[call.function()];
    if (load != null) {
      load.leave(call);
    }
  }

  /** The load of a function; null if no call of it was entered. */
  public @Nullable FunctionLoad of(int function) {
    return function < loads.length ? loads[function] : null;
  }
}
