package dev.kretsim.plan.curve;

import dev.kretsim.trace.MovementConsumer;
import dev.kretsim.trace.Movements;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Keeps the load of each function while the calls of a trace go by. */
public final class LoadBook implements MovementConsumer {
  private @Nullable FunctionLoad[] loads = new FunctionLoad[16];

  /** By slot, what the call in it was given at its entry. */
  private long[] tags = new long[16];

  /** By slot, the task of the call in it. */
  private int[] tasks = new int[16];

  @Override
  public void take(Movements all) {
    int at = 0;
    while (at < all.size()) {
      boolean entry = all.isEntry(at);
      if (entry && all.slot(at) >= tags.length) {
        tags = Arrays.copyOf(tags, 2 * all.slot(at));
        tasks = Arrays.copyOf(tasks, tags.length);
      }
      load(all.function(at)).take(all, at, tags, tasks);
      at += entry ? Movements.ENTRY : Movements.RETURN;
    }
  }

  private FunctionLoad load(int function) {
    if (function >= loads.length) {
      loads = Arrays.copyOf(loads, 2 * function);
    }
    FunctionLoad load = loads[function];
    if (load == null) {
      load = new FunctionLoad();
      loads[function] = load;
    }
    return load;
  }

  /** The load of a function; null if no call of it was entered. */
  public @Nullable FunctionLoad of(int function) {
    return function < loads.length ? loads[function] : null;
  }

  /** The same, which is then forgotten: of very many functions that is much. */
  public @Nullable FunctionLoad remove(int function) {
    FunctionLoad load = of(function);
    if (load != null) {
      loads[function] = null;
    }
    return load;
  }
}
