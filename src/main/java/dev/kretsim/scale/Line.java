package dev.kretsim.scale;

import dev.kretsim.scale.Machine.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cache line: which CPU may write it, which may read it, and who is in the queue for it.
 *
 * <p>Hyperthreads of one core count as two that are near. They share a cache, but where a line is
 * contended, what one of them has fetched is gone before the other comes.
 */
final class Line {
  static final int NOBODY = -1;

  private static final int MANY = -2;

  /** In place of the first line of an array, for lines of none. */
  static final int ALONE = -1;

  /** Who asks for a line: an access, the store buffer, or the cache, of its own accord. */
  enum Origin {
    ACCESS,
    STORE_BUFFER,
    PREFETCH
  }

  /** A CPU's wish for the line. */
  record Request(Processor processor, boolean write, Origin from, long since) {}

  final int number;
  final String name;

  /** The number of the first line of its array, or {@link #ALONE}. */
  final int first;

  final BitSet sharers = new BitSet();

  /** CPUs whose caches have asked for it of their own accord. */
  final BitSet asking = new BitSet();

  final ArrayDeque<Request> queue = new ArrayDeque<>();
  final List<Processor> watchers = new ArrayList<>();
  int owner = NOBODY;

  /** Whose transfer keeps all others waiting, or null. */
  @Nullable Request served;

  /** When those who have the line lose it to that. */
  long lostAt = Long.MAX_VALUE;

  /** From when and until when a read-modify-write holds it. */
  long lockedFrom;

  long lockedUntil;

  /** By which CPU's. */
  int lockedBy = NOBODY;

  /** The only CPU that has ever asked for it, {@link #NOBODY}, or {@link #MANY}. */
  int wantedBy = NOBODY;

  /** Until when reads of others keep the next request waiting. */
  long busyUntil;

  boolean alarmSet;
  long stalled;
  final long[] moved = new long[Level.values().length];

  Line(int number, String name, int first) {
    this.number = number;
    this.name = name;
    this.first = first;
  }

  void wanted(int cpu) {
    if (wantedBy != cpu) {
      wantedBy = wantedBy == NOBODY ? cpu : MANY;
    }
  }

  /** Whether nobody waits for it, and it is on its way to nobody. */
  boolean atRest() {
    return served == null && queue.isEmpty() && watchers.isEmpty();
  }

  boolean ownedBy(int cpu, long now) {
    return owner == cpu && now < lostAt;
  }

  /** A read right behind the exchange that the line was wanted for still finds it. */
  boolean readableBy(int cpu, long now) {
    return owner == cpu && now <= lostAt
        || sharers.get(cpu) && (now < lostAt || served != null && served.processor().cpu == cpu);
  }

  /** When it is free for the next request: it may be locked for an access made ahead of time. */
  long freeFrom(long now) {
    long free = Math.max(now, busyUntil);
    return free < lockedFrom ? free : Math.max(free, lockedUntil);
  }

  /** What the next request costs, before jitter, and counts the move. */
  long move(Topology topology, int cpu, boolean write) {
    if (owner == cpu) {
      return 0;
    }
    if (owner != NOBODY) {
      return moved(topology.level(owner, cpu), topology.transfer(owner, cpu));
    }
    boolean near = sharers.isEmpty() || sharedNear(topology, cpu);
    if (!write) {
      if (sharers.get(cpu)) {
        return 0;
      }
      Machine machine = topology.machine();
      return near
          ? moved(Level.SAME_DIE, machine.sharedRead())
          : moved(Level.CROSS_SOCKET, machine.sharedReadFar());
    }
    if (sharers.isEmpty()) {
      return moved(Level.SAME_DIE, topology.machine().sharedRead());
    }
    long slowest = 0;
    Level level = Level.SAME_CORE;
    for (int sharer = sharers.nextSetBit(0);
        sharer >= 0 && slowest < topology.farthest;
        sharer = sharers.nextSetBit(sharer + 1)) {
      if (sharer != cpu) {
        long time = topology.transfer(sharer, cpu);
        if (time > slowest) {
          slowest = time;
          level = topology.level(sharer, cpu);
        }
      }
    }
    return slowest == 0 ? 0 : moved(level, slowest);
  }

  private long moved(Level level, long time) {
    moved[level.ordinal()]++;
    return time;
  }

  private boolean sharedNear(Topology topology, int cpu) {
    Machine machine = topology.machine();
    for (int first = topology.firstOfSocket(cpu);
        first < machine.cpus();
        first += machine.cores()) {
      int nearest = sharers.nextSetBit(first);
      if (nearest >= 0 && nearest < first + machine.coresPerSocket()) {
        return true;
      }
    }
    return false;
  }

  /** The transfer to the one being served is over. */
  void hand(int cpu, boolean write) {
    if (write) {
      sharers.clear();
      owner = cpu;
    } else {
      if (owner != NOBODY) {
        sharers.set(owner);
        owner = NOBODY;
      }
      sharers.set(cpu);
    }
    lostAt = Long.MAX_VALUE;
    served = null;
  }

  void forget() {
    stalled = 0;
    Arrays.fill(moved, 0);
  }
}
