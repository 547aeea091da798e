package dev.kretsim.workload.drive;

import dev.kretsim.kernel.machine.Machine;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The schedulers of all online CPUs, and the threads that are alive on them. */
public final class Fleet {
  private final List<CpuLoop> loops;
  private final AtomicInteger alive = new AtomicInteger();
  private final Consumer<CpuLoop> onMail;
  private final GracePeriods gracePeriods;
  private List<Kthread> threads = List.of();
  private final AtomicInteger kills = new AtomicInteger();

  /**
   * @param onMail told whenever a CPU was sent a thread
   */
  Fleet(Machine machine, Consumer<CpuLoop> onMail) {
    this.onMail = onMail;
    this.gracePeriods = new GracePeriods(machine.rcu());
    this.loops =
        IntStream.range(0, machine.spec().onlineCpus())
            .mapToObj(id -> new CpuLoop(machine.cpu(id), this))
            .toList();
  }

  List<CpuLoop> loops() {
    return loops;
  }

  /** Starts threads, dealt out to the CPUs in turn. */
  void start(List<Kthread> all) {
    threads = all;
    alive.addAndGet(all.size());
    for (int i = 0; i < all.size(); i++) {
      loops.get(i % loops.size()).send(all.get(i));
    }
  }

  /**
   * Has all tasks of that name die, each on the CPU it is on; CPU 0 calls this.
   *
   * @param comm the tasks' name
   */
  public void kill(String comm) {
    threads.stream().filter(thread -> thread.task().comm().equals(comm)).forEach(Kthread::kill);
    kills.incrementAndGet();
    loops.forEach(onMail);
  }

  /** How often tasks were killed: whoever sees it change looks for its own dead. */
  int kills() {
    return kills.get();
  }

  /** Those of RCU, which CPU 0 ends. */
  GracePeriods gracePeriods() {
    return gracePeriods;
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
