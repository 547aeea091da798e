package dev.kretsim.trace.event;

import dev.kretsim.trace.pairing.OpenCall;
import dev.kretsim.trace.text.Line;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the sign of a pool that was too small while tracing. A pool of c instances shows the
 * returns of at most c calls inside at once, and a call that it misses came while c were. So if all
 * calls without a return came while the same number of others were inside, and never more of those
 * others were, that number is the likely size of the pool.
 *
 * <p>Which calls never return is known at the end only. Each call inside therefore keeps the peak
 * from its own entry to that of the next one that is still inside; a call that returns hands its
 * peak to the one before it.
 */
public final class PoolSigns {
  /** Fewer calls without a return are as likely to be inside at the end by chance. */
  private static final int LEAST = 2;

  private static final class Inside {
    @Nullable OpenCall newest;
    int calls;
    int peakBeforeOldest;
  }

  private @Nullable Inside[] functions = new Inside[16];

  void enter(OpenCall call) {
    int function = call.function;
    if (function >= functions.length) {
      functions = Arrays.copyOf(functions, 2 * function);
    }
    Inside inside = functions[function];
    if (inside == null) {
      inside = new Inside();
      functions[function] = inside;
    }
    call.insideBefore = inside.calls++;
    call.peakInside = inside.calls;
    call.older = inside.newest;
    if (inside.newest != null) {
      inside.newest.newer = call;
    }
    inside.newest = call;
  }

  void leave(OpenCall call) {
    Inside inside = functions[call.function];
    if (inside == null) {
      return;
    }
    inside.calls--;
    OpenCall older = call.older;
    OpenCall newer = call.newer;
    if (older != null) {
      older.newer = newer;
      older.peakInside = Math.max(older.peakInside, call.peakInside);
    } else {
      inside.peakBeforeOldest = Math.max(inside.peakBeforeOldest, call.peakInside);
    }
    if (newer != null) {
      newer.older = older;
    } else {
      inside.newest = older;
    }
    call.older = null;
    call.newer = null;
  }

  /** The likely size of a function's pool; 0 if nothing hints at a small one. */
  int likelySize(int function) {
    Inside inside = function < functions.length ? functions[function] : null;
    if (inside == null || inside.calls < LEAST) {
      return 0;
    }
    int size = Line.NONE;
    int peak = inside.peakBeforeOldest;
    int missed = inside.calls;
    for (OpenCall call = inside.newest; call != null; call = call.older) {
      int others = call.insideBefore - (missed - 1);
      if (size != Line.NONE && size != others) {
        return 0;
      }
      size = others;
      peak = Math.max(peak, call.peakInside - missed);
      missed--;
    }
    return size == peak ? size : 0;
  }

  /** The calls of a function that have not returned. */
  int withoutReturn(int function) {
    Inside inside = function < functions.length ? functions[function] : null;
    return inside == null ? 0 : inside.calls;
  }
}
