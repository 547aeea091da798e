package dev.kretsim.plan;

import dev.kretsim.trace.Call;
import dev.kretsim.trace.CallConsumer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the load of each function while the calls of a trace go by. */
final class LoadBook implements CallConsumer {
  private final List<@Nullable FunctionLoad> loads = new ArrayList<>();

  @Override
  public void enter(Call call) {
    while (loads.size() <= call.function()) {
      loads.add(null);
    }
    FunctionLoad load = loads.get(call.function());
    if (load == null) {
      load = new FunctionLoad();
      loads.set(call.function(), load);
    }
    load.enter(call);
  }

  @Override
  public void leave(Call call) {
    FunctionLoad load = loads.get(call.function());
    if (load != null) {
      load.leave(call);
    }
  }

  /** The load of a function; null if no call of it was entered. */
  @Nullable FunctionLoad of(int function) {
    return function < loads.size() ? loads.get(function) : null;
  }
}
