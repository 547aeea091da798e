package dev.kretsim.scale;

import java.util.ArrayList;
import java.util.List;

/** On which CPUs threads run. Threads beyond the machine's CPUs share them and add nothing. */
public enum Placement {
  /** One thread a core, socket after socket; then the second hyperthreads. */
  COMPACT {
    @Override
    int core(Machine machine, int place) {
      return place;
    }
  },
  /** One thread a core, the sockets by turns; then the second hyperthreads. */
  SPREAD {
    @Override
    int core(Machine machine, int place) {
      return place % machine.sockets() * machine.coresPerSocket() + place / machine.sockets();
    }
  },
  /**
   * As the published raw-queue runs were pinned: in even steps down from the last CPU. Up to half
   * of the CPUs, both hyperthreads of a core are taken.
   */
  STEPPED {
    @Override
    int core(Machine machine, int place) {
      return place;
    }

    @Override
    List<Integer> cpus(Machine machine, int threads) {
      int all = machine.cpus();
      int step = Math.max(2, all / threads);
      List<Integer> cpus = new ArrayList<>();
      for (int first = all - 1; cpus.size() < threads && first >= 0; first--) {
        for (int cpu = first; cpu >= 0 && cpus.size() < threads; cpu -= step) {
          cpus.add(cpu);
        }
      }
      return cpus;
    }
  };

  abstract int core(Machine machine, int place);

  /** The CPU of each thread, each CPU at most once. */
  List<Integer> cpus(Machine machine, int threads) {
    List<Integer> cpus = new ArrayList<>();
    for (int thread = 0; thread < Math.min(threads, machine.cpus()); thread++) {
      int sibling = thread / machine.cores();
      cpus.add(sibling * machine.cores() + core(machine, thread % machine.cores()));
    }
    return cpus;
  }
}
