package dev.kretsim.testkit;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.memory.Layout;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.explore.Explorer;
import dev.kretsim.memory.explore.Operation;
import dev.kretsim.memory.explore.Scene;
import dev.kretsim.memory.interleave.Interleaving;
import dev.kretsim.pool.InstancePool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * CPUs at a pool, each with a script: {@code +} takes an instance, {@code -} gives back the oldest
 * that it has, {@code *} the oldest that the next CPU has, whose task has moved. Whoever has an
 * instance writes its data, plainly, and finds it unchanged when it gives it back: so the explorer
 * checks that an instance is in one hand, and that what one holder wrote is there for the next.
 */
public final class PoolScene implements Scene {
  private final InstancePool pool;
  private final CpuContexts cpus;
  private final Memory memory;
  private final int data;
  private final int task;
  private final boolean moves;
  private final List<String> scripts;
  private final int[] at;
  private final List<Deque<Integer>> hands = new ArrayList<>();
  private final @Nullable Misses misses;
  private @Nullable Interruption interruption;

  /** After how many accesses CPU 0 is hit again; not while interrupts are off, unless by an NMI. */
  private record Interruption(int after, boolean nmi) {}

  private PoolScene(
      Interleaving interleaving,
      PoolUnderTest design,
      int capacity,
      List<String> scripts,
      boolean judgesMisses) {
    this.scripts = scripts;
    at = new int[scripts.size()];
    cpus = new CpuContexts(scripts.size(), interleaving);
    pool = design.create(capacity, cpus, interleaving);
    Layout layout = new Layout();
    data = layout.reserve("data", capacity);
    task = layout.reserve("task", capacity);
    moves = scripts.stream().anyMatch(script -> script.contains("*"));
    memory = interleaving.create(layout);
    scripts.forEach(script -> hands.add(new ArrayDeque<>()));
    misses = judgesMisses ? new Misses(design.exact(), capacity) : null;
  }

  /** Data and conservation. */
  public static Explorer explorer(PoolUnderTest design, int capacity, String... scripts) {
    return new Explorer(
        interleaving -> new PoolScene(interleaving, design, capacity, List.of(scripts), false));
  }

  /** The same, and that no miss is wrong. */
  static Explorer judgingMisses(PoolUnderTest design, int capacity, String... scripts) {
    return new Explorer(
        interleaving -> new PoolScene(interleaving, design, capacity, List.of(scripts), true));
  }

  /** Data and conservation, of two instances, with a hit of CPU 0 in the middle of another. */
  public static Explorer interrupted(
      PoolUnderTest design, int after, boolean nmi, String... scripts) {
    return new Explorer(
        interleaving -> {
          PoolScene scene = new PoolScene(interleaving, design, 2, List.of(scripts), false);
          scene.interruption = new Interruption(after, nmi);
          return scene;
        });
  }

  @Override
  public @Nullable Operation interrupt(int cpu, int accesses) {
    Interruption due = interruption;
    if (due == null || cpu != 0 || accesses < due.after() || !due.nmi() && !cpus.irqsEnabled(cpu)) {
      return null;
    }
    interruption = null;
    return Operation.of("hit", () -> hit(cpu), ignored -> {});
  }

  private long hit(int cpu) {
    int taken = pool.pop(cpu);
    if (taken != InstancePool.MISSED) {
      memory.set(data + taken, -1);
      requireData(taken, -1);
      pool.push(cpu, taken);
    }
    return taken;
  }

  private void requireData(int instance, long written) {
    if (memory.get(data + instance) != written) {
      throw new AssertionError("instance in two hands: " + instance);
    }
  }

  @Override
  public int cpus() {
    return scripts.size();
  }

  @Override
  public boolean observesOrder() {
    return misses != null;
  }

  @Override
  public @Nullable Operation next(int cpu) {
    while (at[cpu] < scripts.get(cpu).length()) {
      char step = scripts.get(cpu).charAt(at[cpu]++);
      if (step == '+') {
        return pop(cpu);
      }
      int taker = step == '*' ? (cpu + 1) % scripts.size() : cpu;
      Integer oldest = hands.get(taker).poll();
      if (oldest != null) {
        return push(cpu, taker, oldest);
      }
    }
    return null;
  }

  private Operation pop(int cpu) {
    Operation pop =
        Operation.of(
            "pop",
            () -> {
              int taken = pool.pop(cpu);
              if (taken != InstancePool.MISSED) {
                memory.set(data + taken, cpu + 1L);
                if (moves) {
                  memory.setRelease(task + taken, cpu + 1L);
                }
              }
              return taken;
            },
            taken -> took(cpu, (int) taken));
    return misses == null ? pop : pop.after(() -> misses.begins(cpu));
  }

  private void took(int cpu, int taken) {
    if (misses != null) {
      misses.endsPop(cpu, taken);
    }
    if (taken != InstancePool.MISSED) {
      hands.get(cpu).add(taken);
    }
  }

  private Operation push(int cpu, int taker, int instance) {
    Operation push =
        Operation.of(
            "push " + instance,
            () -> {
              if (moves) {
                memory.getAcquire(task + instance);
              }
              requireData(instance, taker + 1L);
              pool.push(cpu, instance);
              return instance;
            },
            pushed -> {
              if (misses != null) {
                misses.endsPush(cpu, instance);
              }
            });
    return misses == null ? push : push.after(() -> misses.begins(cpu));
  }

  /** With everybody gone: each instance is there, once. */
  @Override
  public void end() {
    Set<Integer> there = new HashSet<>();
    hands.forEach(there::addAll);
    int held = hands.stream().mapToInt(Deque::size).sum();
    if (there.size() != held) {
      throw new AssertionError("instance in two hands: " + hands);
    }
    for (int taken = pool.pop(0); taken != InstancePool.MISSED; taken = pool.pop(0)) {
      if (!there.add(taken)) {
        throw new AssertionError("instance in two hands: " + taken);
      }
    }
    if (there.size() != pool.capacity()) {
      throw new AssertionError("instances lost: left=" + there);
    }
    for (int cpu = 0; cpu < scripts.size(); cpu++) {
      if (!cpus.irqsEnabled(cpu)) {
        throw new AssertionError("interrupts left off: cpu=" + cpu);
      }
    }
    if (misses != null) {
      misses.judge();
    }
  }
}
