package dev.kretsim.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Random interleavings of CPUs that each do a list of operations, access by access: a schedule is
 * given by its seed and repeats.
 *
 * <p>Some schedules change the CPU at nearly every access, some let one run on for a while, so that
 * another stands still in the middle of an operation: each finds races that the other does not.
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

  /** How many accesses a CPU makes in a row, on average; the seed chooses one. */
  private static final int[] BURSTS = {1, 3, 12};

  /** Far above what any test does: a schedule this long goes round in circles. */
  private static final int MOST_STEPS = 10_000;

  private Schedules() {}

  /** Runs the CPUs' operations in the order that {@code seed} decides. */
  public static void run(Interleaving interleaving, List<Queue<Operation>> cpus, long seed) {
    Random random = new Random(seed);
    List<Runner> running = new ArrayList<>();
    cpus.forEach(operations -> running.add(new Runner(interleaving, operations)));
    int burst = BURSTS[random.nextInt(BURSTS.length)];
    @Nullable Runner last = null;
    for (int steps = 0; running.stream().anyMatch(Runner::busy); steps++) {
      if (steps == MOST_STEPS) {
        throw new IllegalStateException("no end after " + steps + " accesses: seed=" + seed);
      }
      List<Runner> able = new ArrayList<>(running);
      able.removeIf(runner -> !runner.able());
      if (able.isEmpty()) {
        throw new DeadlockException(seed);
      }
      Runner chosen = able.get(random.nextInt(able.size()));
      if (last != null && able.contains(last) && random.nextInt(burst) != 0) {
        chosen = last;
      }
      last = chosen;
      chosen.step();
    }
  }

  /** A queue of operations, to which later ones may be added by earlier ones' consumers. */
  public static Queue<Operation> queue() {
    return new ArrayDeque<>();
  }

  /** A CPU. Beginning an operation is a step of its own, so others get in between two of them. */
  private static final class Runner {
    private final Interleaving interleaving;
    private final Queue<Operation> left;
    private @Nullable Operation current;
    private Interleaving.@Nullable Strand strand;

    Runner(Interleaving interleaving, Queue<Operation> operations) {
      this.interleaving = interleaving;
      this.left = operations;
    }

    boolean busy() {
      return strand != null || !left.isEmpty();
    }

    boolean able() {
      return strand != null ? strand.runnable() : !left.isEmpty();
    }

    void step() {
      Operation operation = current == null ? left.remove() : current;
      Interleaving.Strand progress = strand;
      if (progress == null) {
        progress = interleaving.start(operation.code());
      } else {
        progress.step();
      }
      boolean finished = progress.finished();
      current = finished ? null : operation;
      strand = finished ? null : progress;
      if (finished) {
        operation.then().accept(progress.result());
      }
    }
  }
}
