package dev.kretsim.scale;

import dev.kretsim.memory.interleave.Interleaving;
import dev.kretsim.pool.InstancePool;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A thread on its CPU: where it is in its round, and what it waits for. */
final class Processor {
  /** Why an access did not pass. */
  enum Stop {
    NOT_YET,
    ELSEWHERE,
    WATCHING,
    DRAINING
  }

  static final int MOST_STORES = 16;

  final int id;
  final int cpu;
  final int core;
  final SplittableRandom random;
  final int[] held;
  final ArrayDeque<Line> stores = new ArrayDeque<>();
  @Nullable Processor sibling;
  Interleaving.@Nullable Strand strand;
  Stop stop = Stop.NOT_YET;
  boolean granted;
  boolean stalled;
  boolean draining;
  long clock;
  long watchingSince;

  /** Which pop or push of the round is next: pops first. */
  int step;

  int holding;
  long begun;
  long ops;
  long misses;
  long failures;
  long longest;

  Processor(int id, int cpu, int core, int bulk, SplittableRandom random) {
    this.id = id;
    this.cpu = cpu;
    this.core = core;
    this.random = random;
    this.held = new int[bulk];
    Arrays.fill(held, InstancePool.MISSED);
  }

  /** A time varied by a part of it up or down. */
  long vary(long time, double part) {
    return time == 0 ? 0 : Math.round(time * (1 - part + 2 * part * random.nextDouble()));
  }

  boolean storing(Line line) {
    return !stores.isEmpty() && stores.contains(line);
  }
}
