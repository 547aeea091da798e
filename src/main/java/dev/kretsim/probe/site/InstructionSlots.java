package dev.kretsim.probe.site;

import dev.kretsim.kernel.machine.Machine;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** Pages follow each other from here: nothing else is allocated in this memory. */
  private static final long NO_PAGE = 0;

  private final Machine machine;
  private final int slotBytes;
  private final List<State[]> pages = new ArrayList<>();
  private long base = NO_PAGE;
  private int dirty;

  /**
   * @param slotBytes room for an instruction and the breakpoint behind it
   */
  InstructionSlots(Machine machine, int slotBytes) {
    this.machine = machine;
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
      Arrays.fill(page, State.CLEAN);
      pages.add(page);
      long address = machine.allocateExecutable(PAGE_BYTES);
      base = base == NO_PAGE ? address : base;
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
          return base + (long) page * PAGE_BYTES + (long) i * slotBytes;
        }
      }
    }
    return 0;
  }

  /** Puts a copy into a slot. */
  void write(long slot, byte[] copy) {
    for (int i = 0; i < copy.length; i++) {
      machine.executable().write(slot + i, 1, copy[i]);
    }
  }

  /** Gives a slot back. */
  void give(long slot, boolean maybeInUse) {
    int offset = (int) (slot - base);
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
