package dev.kretsim.scale;

import dev.kretsim.scale.Machine.Level;

/** How far apart a machine's CPUs are, looked up instead of divided out. */
final class Topology {
  private final Machine machine;
  private final int[] core;
  private final int[] cluster;
  private final int[] die;
  private final int[] socket;
  private final long[] byLevel;

  /** What no transfer takes longer than. */
  final long farthest;

  /** After a CPU of another core asks for a line, at least so long nobody loses it. */
  final long soonestLoss;

  final long soonestLossToSibling;

  Topology(Machine machine) {
    this.machine = machine;
    int cpus = machine.cpus();
    core = new int[cpus];
    cluster = new int[cpus];
    die = new int[cpus];
    socket = new int[cpus];
    for (int cpu = 0; cpu < cpus; cpu++) {
      int one = cpu % machine.cores();
      core[cpu] = one;
      socket[cpu] = one / machine.coresPerSocket();
      die[cpu] = one / machine.coresPerDie();
      cluster[cpu] = one / machine.coresPerCluster();
    }
    byLevel = machine.transfers().stream().mapToLong(this::withoutExchange).toArray();
    farthest = withoutExchange(machine.farthestTransfer());
    soonestLoss = loss(withoutExchange(machine.nearestTransfer()));
    soonestLossToSibling = loss(byLevel[Level.SAME_CORE.ordinal()]);
  }

  private long withoutExchange(long halfRoundTrip) {
    return Math.max(0, halfRoundTrip - machine.rmw());
  }

  private long loss(long transfer) {
    return (long) (transfer * (1 - machine.jitter()) * machine.snoop());
  }

  int core(int cpu) {
    return core[cpu];
  }

  Level level(int from, int to) {
    if (core[from] == core[to]) {
      return Level.SAME_CORE;
    }
    if (socket[from] != socket[to]) {
      return Level.CROSS_SOCKET;
    }
    if (die[from] != die[to]) {
      return Level.CROSS_DIE;
    }
    return cluster[from] == cluster[to] ? Level.SAME_CLUSTER : Level.SAME_DIE;
  }

  long transfer(int from, int to) {
    return machine.matrix() == null || core[from] == core[to]
        ? byLevel[level(from, to).ordinal()]
        : withoutExchange(machine.matrix().get(core[from]).get(core[to]));
  }

  boolean oneSocket(int some, int other) {
    return socket[some] == socket[other];
  }

  /** The first CPU of the socket among the first hyperthreads of all cores. */
  int firstOfSocket(int cpu) {
    return socket[cpu] * machine.coresPerSocket();
  }

  Machine machine() {
    return machine;
  }
}
