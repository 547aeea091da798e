package dev.kretsim.probe;

import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.Task;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a storm, of which those that no CPU runs sleep: whoever is idle takes the one that
 * has slept longest. There are always as many, so that the pools are neither idle nor exhausted.
 */
final class StormTasks {
  private static final int TASKS = 8;

  private final Machine machine;
  private final Queue<Walker> asleep = new ConcurrentLinkedQueue<>();

  StormTasks(Machine machine) {
    this.machine = machine;
    while (asleep.size() < TASKS) {
      replaceDead();
    }
  }

  /** A task, and how many calls it is inside. */
  static final class Walker {
    final Task task;
    int depth;

    Walker(Task task) {
      this.task = task;
    }
  }

  void sleep(Walker walker) {
    asleep.add(walker);
  }

  /** Null if none sleeps. */
  @Nullable Walker wake() {
    return asleep.poll();
  }

  /** One has died: another is born. */
  void replaceDead() {
    asleep.add(new Walker(machine.newTask("walker")));
  }
}
