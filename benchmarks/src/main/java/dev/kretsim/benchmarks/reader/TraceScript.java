package dev.kretsim.benchmarks.reader;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/**
 * What happens in a made-up trace: on each CPU a few tasks take turns, and a turn ends with a sleep
 * from which the task's next one wakes.
 */
final class TraceScript {
  static final int CPUS = 2;
  private static final int TASKS_ON_A_CPU = 4;
  private static final int MOST_CALLS_IN_A_TURN = 8;
  private static final long START_US = 140_000_000;
  private static final long GAP_US = 5;
  private static final String SLEEP = "hrtimer_nanosleep";
  private static final String[] LEAVES = {
    "vfs_write", "vfs_read", "do_sys_openat2", "vfs_statx", "shmem_file_read_iter", "pipe_read"
  };

  enum Kind {
    ENTRY,
    /** The entry of a call that returns before anything else happens on its CPU. */
    LEAF_ENTRY,
    EXIT,
    LEAF_EXIT
  }

  /**
   * A call is entered or returns.
   *
   * @param holdUs how long the call takes; 0 where that is still open
   * @param depth calls of the task around it
   */
  record Event(
      long timeUs, int cpu, int task, String function, Kind kind, long holdUs, int depth) {}

  private final class Cpu {
    private final int id;
    private final Deque<Event> ahead = new ArrayDeque<>();
    private final long[] asleepSince = new long[TASKS_ON_A_CPU];
    private long nowUs;
    private int turns;

    private Cpu(int id) {
      this.id = id;
      this.nowUs = START_US + id;
    }

    private Event first() {
      if (ahead.isEmpty()) {
        turn();
      }
      return ahead.element();
    }

    private void turn() {
      int turn = turns++ % TASKS_ON_A_CPU;
      if (asleepSince[turn] > 0) {
        add(turn, SLEEP, Kind.EXIT, nowUs - asleepSince[turn], 0);
      }
      int calls = 1 + random.nextInt(MOST_CALLS_IN_A_TURN);
      for (int call = 0; call < calls; call++) {
        if (random.nextInt(3) > 0) {
          leaf(turn, LEAVES[random.nextInt(LEAVES.length)], 0);
        } else {
          long from = nowUs;
          add(turn, "ksys_read", Kind.ENTRY, 0, 0);
          leaf(turn, "vfs_read", 1);
          add(turn, "ksys_read", Kind.EXIT, nowUs - from, 0);
        }
      }
      asleepSince[turn] = nowUs;
      add(turn, SLEEP, Kind.ENTRY, 0, 0);
    }

    private void leaf(int turn, String function, int depth) {
      long holdUs = 1 + (long) (-30 * Math.log(1 - random.nextDouble()));
      add(turn, function, Kind.LEAF_ENTRY, holdUs, depth);
      nowUs += holdUs - GAP_US;
      add(turn, function, Kind.LEAF_EXIT, holdUs, depth);
    }

    private void add(int turn, String function, Kind kind, long holdUs, int depth) {
      ahead.add(new Event(nowUs, id, turn * CPUS + id, function, kind, holdUs, depth));
      nowUs += GAP_US;
    }
  }

  private final SplittableRandom random;
  private final Cpu[] cpus = new Cpu[CPUS];

  TraceScript(long seed) {
    random = new SplittableRandom(seed);
    for (int id = 0; id < CPUS; id++) {
      cpus[id] = new Cpu(id);
    }
  }

  /** What happens next on any CPU. */
  Event next() {
    Cpu earliest = cpus[0];
    for (Cpu cpu : cpus) {
      if (cpu.first().timeUs() < earliest.first().timeUs()) {
        earliest = cpu;
      }
    }
    return earliest.ahead.remove();
  }
}
