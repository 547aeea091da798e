package dev.kretsim.trace.event;

import dev.kretsim.trace.text.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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

  private long[] addresses = new long[8];
  private int[] functions = new int[8];
  private boolean[] seenEntry = new boolean[8];
  private boolean[] seenReturn = new boolean[8];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /** The function at an address; {@link Line#NONE} if it is new. */
  int find(long address, boolean isReturn) {
    for (int i = 0; i < size; i++) {
      if (addresses[i] == address) {
        seenEntry[i] |= !isReturn;
        seenReturn[i] |= isReturn;
        return functions[i];
      }
    }
    for (int i = 0; i < size; i++) {
      boolean otherKindOnly = isReturn ? !seenReturn[i] : !seenEntry[i];
      if (otherKindOnly && Math.abs(addresses[i] - address) <= NEAR) {
        int function = functions[i];
        add(address, isReturn, function);
        return function;
      }
    }
    return Line.NONE;
  }

  void add(long address, boolean isReturn, int function) {
    if (size == addresses.length) {
      addresses = Arrays.copyOf(addresses, 2 * size);
      functions = Arrays.copyOf(functions, 2 * size);
      seenEntry = Arrays.copyOf(seenEntry, 2 * size);
      seenReturn = Arrays.copyOf(seenReturn, 2 * size);
    }
    addresses[size] = address;
    functions[size] = function;
    seenEntry[size] = !isReturn;
    seenReturn[size] = isReturn;
    size++;
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
    for (int i = 0; i < size; i++) {
      int function = functions[i];
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
