package dev.kretsim.workload;

import dev.kretsim.kernel.Machine;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The schedulers of all online CPUs, and the threads that are alive on them. */
final class Fleet {
  private final List<CpuLoop> loops;
  private final AtomicInteger alive = new AtomicInteger();
  private final Consumer<CpuLoop> onMail;

  /**
   * @param onMail told whenever a CPU was sent a thread
   */
  Fleet(Machine machine, Consumer<CpuLoop> onMail) {
    this.onMail = onMail;
    this.loops =
        IntStream.range(0, machine.spec().onlineCpus())
            .mapToObj(id -> new CpuLoop(machine.cpu(id), this))
            .toList();
  }

  List<CpuLoop> loops() {
    return loops;
  }

  /** Starts threads, dealt out to the CPUs in turn. */
  void start(List<Kthread> threads) {
    alive.addAndGet(threads.size());
    for (int i = 0; i < threads.size(); i++) {
      loops.get(i % loops.size()).send(threads.get(i));
    }
  }

  void send(CpuLoop target, Kthread thread) {
    target.send(thread);
    onMail.accept(target);
  }

  /** An idle CPU, looked for upwards from {@code cpu}; null if all are busy. */
  @Nullable CpuLoop idleLoop(int cpu) {
    for (int step = 1; step < loops.size(); step++) {
      CpuLoop loop = loops.get((cpu + step) % loops.size());
      if (loop.idle() && !loop.hasMail()) {
        return loop;
      }
    }
    return null;
  }

  void exited() {
    alive.decrementAndGet();
  }

  boolean finished() {
    return alive.get() == 0;
  }
}
