package dev.kretsim.trace.event;

import dev.kretsim.trace.text.Line;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Functions of which a trace tells the address only. Their names are those that the events' names
 * contain: {@code vfs_read_in} and {@code vfs_read_out} are of {@code vfs_read}.
 */
public final class FunctionAddresses {
  /** Fewer digits are no kernel address. */
  public static final int LEAST_DIGITS = 8;

  /**
   * How far apart the entry's and the return's probe of one function may be: one of them may have
   * been moved past a landing pad.
   */
  private static final long NEAR = 16;

  /** Where a probe of a function is, and which kinds of it are. */
  private static final class Probed {
    final int function;
    final int order;
    boolean seenEntry;
    boolean seenReturn;

    Probed(int function, int order) {
      this.function = function;
      this.order = order;
    }

    void sees(boolean isReturn) {
      seenEntry |= !isReturn;
      seenReturn |= isReturn;
    }

    boolean has(boolean isReturn) {
      return isReturn ? seenReturn : seenEntry;
    }
  }

  /** In the order in which they came. */
  private final Map<Long, Probed> probed = new LinkedHashMap<>();

  boolean isEmpty() {
    return probed.isEmpty();
  }

  /** The function at an address; {@link Line#NONE} if it is new. */
  int find(long address, boolean isReturn) {
    Probed known = probed.get(address);
    if (known != null) {
      known.sees(isReturn);
      return known.function;
    }
    Probed first = null;
    for (long near = address - NEAR; near <= address + NEAR; near++) {
      Probed other = probed.get(near);
      if (other != null && !other.has(isReturn) && (first == null || other.order < first.order)) {
        first = other;
      }
    }
    if (first == null) {
      return Line.NONE;
    }
    add(address, isReturn, first.function);
    return first.function;
  }

  void add(long address, boolean isReturn, int function) {
    Probed added = new Probed(function, probed.size());
    added.sees(isReturn);
    probed.put(address, added);
  }

  /**
   * The functions' names.
   *
   * @param texts as the trace shows the functions, by number
   * @param entryEvents the name of a function's entry event; empty if it has none
   * @param returnEvents likewise of its return event
   */
  List<String> names(
      List<String> texts, IntFunction<String> entryEvents, IntFunction<String> returnEvents) {
    List<String> names = new ArrayList<>(texts);
    Set<String> taken = new HashSet<>(texts);
    for (Probed probe : probed.values()) {
      int function = probe.function;
      if (names.get(function).equals(texts.get(function))) {
        String name =
            EventNames.function(entryEvents.apply(function), returnEvents.apply(function));
        boolean usable = !name.isEmpty() && taken.add(name);
        names.set(function, usable ? name : "0x" + texts.get(function));
      }
    }
    return names;
  }

  /** Whether a function's text is nothing but digits of an address. */
  static boolean mayBeOne(Line text) {
    return text.length() >= LEAST_DIGITS && text.skipHexDigits(0) == text.length();
  }

  static boolean isAddress(String name) {
    return name.startsWith("0x");
  }
}
