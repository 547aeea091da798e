package dev.kretsim.probe;

import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.text.Symbol;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One CPU of a storm, and the thread that drives it: does one thing at random after another. */
final class StormCpu {
  private static final int DEEPEST = 6;

  private final Cpu cpu;
  private final List<Symbol> functions;
  private final long returnSite;
  private final StormProbes probes;
  private final StormTasks tasks;
  private final SplittableRandom random;
  private StormTasks.@Nullable Walker running;

  StormCpu(
      Cpu cpu,
      List<Symbol> functions,
      long returnSite,
      StormProbes probes,
      StormTasks tasks,
      SplittableRandom random) {
    this.cpu = cpu;
    this.functions = functions;
    this.returnSite = returnSite;
    this.probes = probes;
    this.tasks = tasks;
    this.random = random;
  }

  /** Does one thing. */
  void act() {
    cpu.machine().rcu().quiescent(cpu.id());
    StormTasks.Walker walker = running();
    int choice = random.nextInt(1000);
    if (choice < 400) {
      if (walker.depth < DEEPEST) {
        enter(walker);
      }
    } else if (choice < 820) {
      if (walker.depth > 0) {
        leave(walker);
      }
    } else if (choice < 920) {
      tasks.sleep(walker);
      switchTo(null);
    } else if (choice < 921) {
      cpu.exitTask();
      running = null;
      tasks.replaceDead();
    } else if (choice < 960) {
      interrupt(random.nextBoolean() ? Cpu.Context.HARDIRQ : Cpu.Context.NMI);
    } else {
      probes.change(cpu, random);
    }
  }

  private StormTasks.Walker running() {
    StormTasks.Walker walker = running;
    while (walker == null) {
      walker = tasks.wake();
      switchTo(walker);
    }
    return walker;
  }

  private void switchTo(StormTasks.@Nullable Walker next) {
    running = next;
    if (next == null) {
      cpu.switchToIdle();
    } else {
      cpu.switchTo(next.task);
    }
  }

  private void enter(StormTasks.Walker walker) {
    if (cpu.enter(function(), random.nextLong(), returnSite)) {
      walker.depth++;
    } else {
      throw new AssertionError("nobody redirects here");
    }
  }

  private void leave(StormTasks.Walker walker) {
    long value = random.nextLong();
    long got = cpu.leave(value, returnSite);
    if (got != value) {
      throw new AssertionError("returned 0x%x, the caller got 0x%x".formatted(value, got));
    }
    walker.depth--;
  }

  private void interrupt(Cpu.Context kind) {
    Cpu.Interrupted before = cpu.enterInterrupt(kind);
    cpu.enter(function(), 0, returnSite);
    cpu.leave(0, returnSite);
    cpu.leaveInterrupt(before);
  }

  private Symbol function() {
    return functions.get(random.nextInt(functions.size()));
  }

  /** Stays between hits from here on, for nobody to wait for. */
  void rest() {
    cpu.machine().rcu().stopped(cpu.id());
  }

  /** Returns from all calls, of those that sleep too, and takes the probes away; then rests. */
  void leaveEverything() {
    StormTasks.Walker first = running != null ? running : tasks.wake();
    for (StormTasks.Walker walker = first; walker != null; walker = tasks.wake()) {
      switchTo(walker);
      while (walker.depth > 0) {
        cpu.machine().rcu().quiescent(cpu.id());
        leave(walker);
      }
      cpu.exitTask();
    }
    rest(); // before it waits for another CPU that removes probes, and waits for this one
    probes.removeAll(cpu);
  }
}
