package dev.kretsim.scale;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cache line: which core may write it, which may read it, and who is in the queue for it. */
final class Line {
  static final int NOBODY = -1;

  /** A core's wish for the line. */
  record Request(Processor processor, boolean write, boolean fromStoreBuffer, long since) {}

  final int number;
  final String name;
  final BitSet sharers = new BitSet();
  final ArrayDeque<Request> queue = new ArrayDeque<>();
  final List<Processor> watchers = new ArrayList<>();
  int owner = NOBODY;

  /** Whose transfer keeps all others waiting, or null. */
  @Nullable Request served;

  /** When the owner loses the line to that. */
  long lostAt = Long.MAX_VALUE;

  /** Until when a read-modify-write holds it. */
  long lockedUntil;

  /** Until when reads of others keep the next request waiting. */
  long busyUntil;

  /** Who exchanged it last, until the core's other hyperthread has seen that. */
  @Nullable Processor lastWriter;

  boolean alarmSet;
  long stalled;
  long transfers;

  Line(int number, String name) {
    this.number = number;
    this.name = name;
  }

  boolean ownedBy(int core, long now) {
    return owner == core && now < lostAt;
  }

  boolean readableBy(int core, long now) {
    return ownedBy(core, now) || sharers.get(core);
  }

  /** What the next request costs, before jitter. */
  long cost(Machine machine, int core, boolean write) {
    if (owner == core) {
      return 0;
    }
    if (owner != NOBODY) {
      return machine.transfer(owner, core);
    }
    if (write) {
      long farthest = sharers.isEmpty() ? machine.sharedRead() : 0;
      for (int sharer = sharers.nextSetBit(0);
          sharer >= 0;
          sharer = sharers.nextSetBit(sharer + 1)) {
        if (sharer != core) {
          farthest = Math.max(farthest, machine.transfer(sharer, core));
        }
      }
      return farthest;
    }
    if (sharers.get(core)) {
      return 0;
    }
    int socket = core / machine.coresPerSocket() * machine.coresPerSocket();
    int nearest = sharers.nextSetBit(socket);
    boolean near = sharers.isEmpty() || nearest >= 0 && nearest < socket + machine.coresPerSocket();
    return near ? machine.sharedRead() : machine.sharedReadFar();
  }

  /** The transfer to the one being served is over. */
  void hand(int core, boolean write) {
    if (write) {
      sharers.clear();
      owner = core;
    } else {
      if (owner != NOBODY) {
        sharers.set(owner);
        owner = NOBODY;
      }
      sharers.set(core);
    }
    lostAt = Long.MAX_VALUE;
    served = null;
  }
}
