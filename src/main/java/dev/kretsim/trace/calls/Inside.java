package dev.kretsim.trace.calls;

import dev.kretsim.trace.Movements;
import java.util.Arrays;

/** The calls inside while a file of them is read, by slot. */
final class Inside {
  private static final int FREE = -1;

  private int[] functions = new int[0];
  private long[] entriesNs = new long[0];
  private boolean[] knownLost = new boolean[0];

  void enter(int slot, int function, long timeNs, boolean isKnownLost) {
    if (slot >= functions.length) {
      int before = functions.length;
      int length = 2 * slot + 16;
      functions = Arrays.copyOf(functions, length);
      Arrays.fill(functions, before, length, FREE);
      entriesNs = Arrays.copyOf(entriesNs, length);
      knownLost = Arrays.copyOf(knownLost, length);
    }
    functions[slot] = function;
    entriesNs[slot] = timeNs;
    knownLost[slot] = isKnownLost;
  }

  boolean has(int slot) {
    return slot < functions.length && functions[slot] != FREE;
  }

  /**
   * A call is over.
   *
   * @param flags those of its record
   * @param toldNs how long it took, where the record says; else negative
   */
  void leave(Movements to, int slot, long timeNs, int flags, long toldNs) {
    boolean lost = (flags & CallsFile.LOST) != 0;
    boolean cut = (flags & CallsFile.CUT) != 0;
    long holdNs = toldNs >= 0 ? toldNs : timeNs - entriesNs[slot];
    boolean unknown = lost || cut || entriesNs[slot] == CallsFile.BEGAN_BEFORE;
    to.leave(
        timeNs,
        slot,
        functions[slot],
        unknown ? Movements.UNKNOWN : holdNs,
        lost,
        knownLost[slot],
        cut);
    functions[slot] = FREE;
  }
}
