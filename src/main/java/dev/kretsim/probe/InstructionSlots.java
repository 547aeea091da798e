package dev.kretsim.probe;

import java.util.ArrayList;
import java.util.List;

/**
 * Places for copies of probed instructions, in executable pages of their own: {@code struct
 * kprobe_insn_cache}.
 *
 * <p>A slot that somebody may still be jumping out of is dirty when it is given back, and is not
 * used again before a collection, for which all CPUs must have left it. The last page stays.
 */
final class InstructionSlots {
  private enum State {
    CLEAN,
    DIRTY,
    USED
  }

  private static final int PAGE_BYTES = 4096;

  /** Within 2 GiB of the text, so that displacements reach from one to the other. */
  private static final long BASE = 0xffff_ffff_d000_0000L;

  private final int slotBytes;
  private final List<State[]> pages = new ArrayList<>();
  private int dirty;

  InstructionSlots(int slotBytes) {
    this.slotBytes = slotBytes;
  }

  /** The address of a slot that nobody else has. */
  long take() {
    long slot = firstClean();
    if (slot == 0 && dirty > 0) {
      collect();
      slot = firstClean();
    }
    if (slot == 0) {
      State[] page = new State[PAGE_BYTES / slotBytes];
      java.util.Arrays.fill(page, State.CLEAN);
      pages.add(page);
      slot = firstClean();
    }
    return slot;
  }

  private long firstClean() {
    for (int page = 0; page < pages.size(); page++) {
      State[] states = pages.get(page);
      for (int i = 0; i < states.length; i++) {
        if (states[i] == State.CLEAN) {
          states[i] = State.USED;
          return BASE + (long) page * PAGE_BYTES + (long) i * slotBytes;
        }
      }
    }
    return 0;
  }

  /** Gives a slot back. */
  void give(long slot, boolean maybeInUse) {
    int offset = (int) (slot - BASE);
    State[] states = pages.get(offset / PAGE_BYTES);
    states[offset % PAGE_BYTES / slotBytes] = maybeInUse ? State.DIRTY : State.CLEAN;
    dirty += maybeInUse ? 1 : 0;
    if (dirty > PAGE_BYTES / slotBytes) {
      collect();
    }
  }

  private void collect() {
    for (State[] states : pages) {
      for (int i = 0; i < states.length; i++) {
        states[i] = states[i] == State.DIRTY ? State.CLEAN : states[i];
      }
    }
    dirty = 0;
  }
}
