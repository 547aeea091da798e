package dev.kretsim.scale;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The state of one cache line: who may read it, who may write it, and until when it is busy. */
final class CacheLine {
  private static final int NOBODY = -1;

  private final MachineModel machine;
  private final BitSet sharers = new BitSet();
  private final List<Integer> waiters = new ArrayList<>();
  private int owner = NOBODY;
  private double busyUntil;

  CacheLine(MachineModel machine) {
    this.machine = machine;
  }

  /**
   * Lets a core reach the line for one access.
   *
   * @return when the access is done
   */
  double reach(int core, double now, boolean writes, boolean atomic) {
    boolean mine = owner == core || (!writes && sharers.get(core));
    double hit = machine.hit(writes, atomic);
    if (mine) {
      double start = atomic ? Math.max(now, busyUntil) : now;
      busyUntil = atomic ? start + hit : busyUntil;
      return start + hit;
    }
    // Requests for a line are served one after the other, in the order they came.
    double start = Math.max(now, busyUntil);
    double done = start + missCost(core, writes) + hit;
    busyUntil = writes ? done : start + machine.occupancy();
    if (writes) {
      sharers.clear();
      owner = core;
    } else {
      if (owner != NOBODY) {
        sharers.set(owner);
        owner = NOBODY;
        busyUntil = done;
      }
      sharers.set(core);
    }
    return done;
  }

  private double missCost(int core, boolean writes) {
    if (owner != NOBODY) {
      return machine.transfer(owner, core);
    }
    double cost = 0;
    for (int sharer = sharers.nextSetBit(0); sharer >= 0; sharer = sharers.nextSetBit(sharer + 1)) {
      if (sharer != core) {
        double one = writes ? machine.transfer(sharer, core) : machine.sharedRead(sharer, core);
        // A write waits for the last copy to be given up, a read is served by the nearest.
        cost = cost == 0 ? one : writes ? Math.max(cost, one) : Math.min(cost, one);
      }
    }
    return cost;
  }

  /** Remembers a core that waits for the line to be written. */
  void await(int core) {
    waiters.add(core);
  }

  /** The line was written: whoever waits for that looks again. */
  List<Integer> wakeAll() {
    List<Integer> woken = List.copyOf(waiters);
    waiters.clear();
    return woken;
  }
}
