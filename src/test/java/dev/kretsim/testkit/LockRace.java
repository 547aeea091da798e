package dev.kretsim.testkit;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.lock.RawSpinLock;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One real thread for each CPU counts under a lock; finished when constructed. */
public final class LockRace {
  private final RawSpinLock lock;
  private final AtomicReference<@Nullable String> breach = new AtomicReference<>();
  private long counted;

  public LockRace(LockScene.Form form, Memory.Factory memories, int cpus, int rounds)
      throws InterruptedException {
    Layout layout = new Layout();
    int word = layout.reserve(RawSpinLock.WORDS);
    lock = form.create(memories.create(layout), word, new CpuContexts(cpus, memories));
    CountDownLatch start = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(cpus);
    for (int cpu = 0; cpu < cpus; cpu++) {
      int me = cpu;
      new Thread(
              () -> {
                try {
                  start.await();
                  count(me, rounds);
                } catch (InterruptedException | RuntimeException | Error e) {
                  breach.compareAndSet(null, e.toString());
                } finally {
                  done.countDown();
                }
              })
          .start();
    }
    start.countDown();
    done.await();
    if (counted != (long) cpus * rounds) {
      breach.compareAndSet(null, "two CPUs inside: counted " + counted);
    }
  }

  /** What went wrong, if anything did. */
  public Optional<String> breach() {
    return Optional.ofNullable(breach.get());
  }

  private void count(int cpu, int rounds) {
    for (int round = 0; round < rounds; round++) {
      long irqs = lock.lockIrqSave(cpu);
      counted++;
      lock.unlockIrqRestore(cpu, irqs);
    }
  }
}
