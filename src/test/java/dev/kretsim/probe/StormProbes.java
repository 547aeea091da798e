package dev.kretsim.probe;

import dev.kretsim.arch.PtRegs;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.probe.registry.Kprobes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The probes of a storm. One CPU at a time changes them, as under {@code kprobe_mutex}; one that
 * finds another at it does something else, as it must be between hits for the other to get on.
 */
final class StormProbes {
  private static final int MOST = 10;

  private final Kprobes kprobes;
  private final List<Symbol> functions;
  private final long returnSite;
  private final ReentrantLock mutex = new ReentrantLock();
  private final List<Kretprobe> onReturn = new ArrayList<>();
  private final List<Kprobe> onEntry = new ArrayList<>();

  StormProbes(Kprobes kprobes, List<Symbol> functions, long returnSite) {
    this.kprobes = kprobes;
    this.functions = functions;
    this.returnSite = returnSite;
  }

  /** Does one thing to them. */
  void change(Cpu cpu, SplittableRandom random) {
    if (!mutex.tryLock()) {
      return;
    }
    try {
      switch (random.nextInt(16)) {
        case 0, 1, 2 -> registerOnReturn(random);
        case 3 -> registerOnEntry(random);
        case 4, 5 -> unregisterOnReturn(cpu, random);
        case 6 -> unregisterOnEntry(cpu, random);
        case 7 -> anyOf(random, kprobes::disable);
        case 8 -> anyOf(random, kprobes::enable);
        case 9 -> kprobes.optimize();
        case 10 -> kprobes.allowOptimization(random.nextBoolean());
        case 11 -> {
          kprobes.disarmAll();
          kprobes.armAll();
        }
        // From 6.1 on, only this brings back what tasks held that have died.
        default -> cpu.machine().rcu().synchronize(cpu.id());
      }
    } finally {
      mutex.unlock();
    }
  }

  private void registerOnReturn(SplittableRandom random) {
    if (onReturn.size() < MOST) {
      Kretprobe probe = onReturnOf(any(functions, random), random.nextInt(3));
      kprobes.register(probe.maxactive(1 + random.nextInt(8)));
      onReturn.add(probe);
    }
  }

  /** Marks the instance at the entry, and looks for the mark at the return. */
  private Kretprobe onReturnOf(Symbol function, int kind) {
    Symbol other = functions.get(0);
    return Kretprobe.on(function.name())
        .dataSize(Long.BYTES)
        .entryHandler(
            (instance, regs) -> {
              instance.setDataWord(0, instance.pid());
              if (kind == 1) {
                call(other, regs);
              }
              return kind == 2 ? instance.pid() % 2 : 0;
            })
        .handler(
            (instance, regs) -> {
              if (kind == 1) {
                call(other, regs);
              }
              if (instance.dataWord(0) != Task.current().pid()) {
                throw new AssertionError("data of another call: pid=" + instance.dataWord(0));
              }
            });
  }

  /** A handler calls a function that may have a probe itself. */
  private void call(Symbol function, PtRegs regs) {
    Cpu cpu = Cpu.current();
    long[] before = regs.save();
    cpu.enter(function, 0, returnSite);
    cpu.leave(0, returnSite);
    regs.restore(before);
  }

  private void registerOnEntry(SplittableRandom random) {
    if (onEntry.size() < MOST) {
      Kprobe probe = Kprobe.on(any(functions, random).name()).preHandler((kprobe, regs) -> 0);
      kprobes.register(probe);
      onEntry.add(probe);
    }
  }

  private void unregisterOnReturn(Cpu cpu, SplittableRandom random) {
    if (!onReturn.isEmpty()) {
      kprobes.unregister(onReturn.remove(random.nextInt(onReturn.size())), cpu.id());
    }
  }

  private void unregisterOnEntry(Cpu cpu, SplittableRandom random) {
    if (!onEntry.isEmpty()) {
      kprobes.unregister(onEntry.remove(random.nextInt(onEntry.size())), cpu.id());
    }
  }

  private void anyOf(SplittableRandom random, Consumer<Kprobe> change) {
    List<Kprobe> all = new ArrayList<>(onEntry);
    onReturn.forEach(probe -> all.add(probe.kp()));
    if (!all.isEmpty()) {
      change.accept(any(all, random));
    }
  }

  private static <T> T any(List<T> all, SplittableRandom random) {
    return all.get(random.nextInt(all.size()));
  }

  /** Takes them all away. */
  void removeAll(Cpu cpu) {
    mutex.lock();
    try {
      onReturn.forEach(probe -> kprobes.unregister(probe, cpu.id()));
      onReturn.clear();
      onEntry.forEach(probe -> kprobes.unregister(probe, cpu.id()));
      onEntry.clear();
    } finally {
      mutex.unlock();
    }
  }
}
