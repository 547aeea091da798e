package dev.kretsim.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Random interleavings of CPUs that each do a list of operations, access by access: a schedule is
 * given by its seed and repeats.
 */
public final class Schedules {
  /** An operation, and what is to be done with its result before anything else happens. */
  public record Operation(LongSupplier code, LongConsumer then) {}

  /** All CPUs wait for each other. */
  public static final class DeadlockException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DeadlockException(long seed) {
      super("every CPU waits for another: seed=" + seed);
    }
  }

  private Schedules() {}

  /** Runs the CPUs' operations in the order that {@code seed} decides. */
  public static void run(Interleaving interleaving, List<Queue<Operation>> cpus, long seed) {
    Random random = new Random(seed);
    List<Runner> running = new ArrayList<>();
    cpus.forEach(operations -> running.add(new Runner(interleaving, operations)));
    running.removeIf(runner -> !runner.startNext());
    while (!running.isEmpty()) {
      List<Runner> able = new ArrayList<>(running);
      able.removeIf(runner -> !runner.strand.runnable());
      if (able.isEmpty()) {
        throw new DeadlockException(seed);
      }
      Runner chosen = able.get(random.nextInt(able.size()));
      chosen.strand.step();
      if (!chosen.proceed()) {
        running.remove(chosen);
      }
    }
  }

  /** A queue of operations, to which later ones may be added by earlier ones' consumers. */
  public static Queue<Operation> queue() {
    return new ArrayDeque<>();
  }

  private static final class Runner {
    private final Interleaving interleaving;
    private final Queue<Operation> left;
    private Operation current = new Operation(() -> 0, result -> {});
    private Interleaving.Strand strand;

    Runner(Interleaving interleaving, Queue<Operation> operations) {
      this.interleaving = interleaving;
      this.left = operations;
      this.strand = interleaving.start(current.code());
    }

    boolean startNext() {
      while (!left.isEmpty()) {
        current = left.remove();
        strand = interleaving.start(current.code());
        if (!strand.finished()) {
          return true;
        }
        current.then().accept(strand.result());
      }
      return false;
    }

    boolean proceed() {
      if (!strand.finished()) {
        return true;
      }
      current.then().accept(strand.result());
      return startNext();
    }
  }
}
