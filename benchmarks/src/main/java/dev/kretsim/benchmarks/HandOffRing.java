package dev.kretsim.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Numbers handed from one thread to one other. A slot of 0 is empty, so that the two share nothing
 * but slots: no position is read by both. Each slot has lines of its own, so that a number costs a
 * transfer each way, as a task that is handed over does, and not a sixteenth of one.
 */
final class HandOffRing {
  static final int NOTHING = -1;

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(int[].class);

  /** Two cache lines, which are fetched together, in ints. */
  private static final int PADDING = 32;

  private final int mask;
  private final int[] slots;

  /** Each thread's position, on lines of its own. */
  private final int[] offered = new int[2 * PADDING];

  private final int[] polled = new int[2 * PADDING];

  /**
   * @param size a power of two
   */
  HandOffRing(int size) {
    mask = size - 1;
    slots = new int[(size + 2) * PADDING];
  }

  /** Whether there was room. */
  boolean offer(int number) {
    int slot = (1 + (offered[PADDING] & mask)) * PADDING;
    if ((int) SLOT.getAcquire(slots, slot) != 0) {
      return false;
    }
    SLOT.setRelease(slots, slot, number + 1);
    offered[PADDING]++;
    return true;
  }

  /** The oldest number, or {@link #NOTHING}. */
  int poll() {
    int slot = (1 + (polled[PADDING] & mask)) * PADDING;
    int seen = (int) SLOT.getAcquire(slots, slot);
    if (seen == 0) {
      return NOTHING;
    }
    SLOT.setRelease(slots, slot, 0);
    polled[PADDING]++;
    return seen - 1;
  }
}
