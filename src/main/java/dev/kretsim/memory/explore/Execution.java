package dev.kretsim.memory.explore;

import dev.kretsim.memory.interleave.Access;
import dev.kretsim.memory.interleave.Interleaving;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One schedule of a scene, step by step. */
final class Execution implements AutoCloseable {
  /** Accesses that a scene may make to look at what it ended in. */
  private static final long ALLOWANCE = 100_000;

  /** An operation under way, or about to begin or end. */
  private static final class Frame {
    private final Operation operation;
    private Interleaving.@Nullable Strand strand;

    Frame(Operation operation) {
      this.operation = operation;
    }
  }

  private final Interleaving interleaving;
  private final Scene scene;
  private final boolean observesOrder;
  private final HappensBefore order;
  private final List<Deque<Frame>> frames = new ArrayList<>();
  private final int[] accesses;
  private int steps;
  private int lastEnd;

  Execution(Function<Interleaving, Scene> stage, boolean narrated) {
    interleaving = new Interleaving(narrated);
    scene = stage.apply(interleaving);
    observesOrder = scene.observesOrder();
    order = new HappensBefore(scene.cpus());
    accesses = new int[scene.cpus()];
    for (int cpu = 0; cpu < scene.cpus(); cpu++) {
      frames.add(new ArrayDeque<>());
    }
    for (int cpu = 0; cpu < scene.cpus(); cpu++) {
      fetch(cpu);
    }
  }

  int cpus() {
    return frames.size();
  }

  int steps() {
    return steps;
  }

  Interleaving interleaving() {
    return interleaving;
  }

  /** What a CPU would do next, possible or not; null if it has done all. */
  @Nullable Access next(int cpu) {
    Frame frame = frames.get(cpu).peek();
    if (frame == null) {
      return null;
    }
    if (frame.strand == null) {
      return Access.BEGINNING;
    }
    return frame.strand.finished() ? Access.ENDING : frame.strand.next();
  }

  /** The operation that a CPU is in, and the line of code that it is at. */
  String operation(int cpu) {
    Frame frame = frames.get(cpu).element();
    return "interrupt ".repeat(frames.get(cpu).size() - 1) + frame.operation.name();
  }

  String where(int cpu) {
    Frame frame = frames.get(cpu).element();
    return frame.strand == null ? "" : frame.strand.where();
  }

  boolean able(int cpu) {
    Access access = next(cpu);
    return access != null
        && (!access.touchesMemory() || access.possible(interleaving.value(access)));
  }

  /** The CPUs that can move, as bits. */
  int able() {
    int able = 0;
    for (int cpu = 0; cpu < frames.size(); cpu++) {
      able |= able(cpu) ? 1 << cpu : 0;
    }
    return able;
  }

  /** Lets a CPU make its next step. Whatever the scene has against it is thrown. */
  void step(int cpu) {
    steps++;
    if (steps - lastEnd > scene.patience()) {
      throw new AssertionError(
          "nobody gets on: no operation ended in " + scene.patience() + " steps");
    }
    Frame frame = frames.get(cpu).element();
    Interleaving.Strand strand = frame.strand;
    if (strand == null) {
      begin(cpu, frame);
    } else if (strand.finished()) {
      end(cpu, frame, strand);
    } else {
      Access access = strand.next();
      long before = interleaving.value(access);
      boolean wrote =
          access.writes()
              && (access.kind() != Access.Kind.COMPARE_AND_EXCHANGE || before == access.first());
      order.access(steps, cpu, access, wrote);
      accesses[cpu]++;
      strand.step();
      scene.accessed(cpu, access, before);
      stopped(cpu, frame, strand);
    }
  }

  private void begin(int cpu, Frame frame) {
    Operation operation = frame.operation;
    operation.first().run();
    Interleaving.Strand strand =
        operation.stateful()
            ? interleaving.startOnThread(operation.code())
            : interleaving.start(operation.code());
    frame.strand = strand;
    stopped(cpu, frame, strand);
  }

  private void stopped(int cpu, Frame frame, Interleaving.Strand strand) {
    if (!strand.finished()) {
      Operation interrupt = scene.interrupt(cpu, accesses[cpu]);
      if (interrupt != null) {
        enter(cpu, interrupt);
      }
    } else if (!observesOrder) {
      end(cpu, frame, strand);
    }
  }

  private void end(int cpu, Frame frame, Interleaving.Strand strand) {
    lastEnd = steps;
    frame.operation.then().accept(strand.result());
    frames.get(cpu).pop();
    if (frames.get(cpu).isEmpty()) {
      fetch(cpu);
    }
  }

  private void fetch(int cpu) {
    Operation operation = scene.next(cpu);
    if (operation != null) {
      enter(cpu, operation);
    }
  }

  private void enter(int cpu, Operation operation) {
    Frame frame = new Frame(operation);
    frames.get(cpu).push(frame);
    if (!observesOrder) {
      begin(cpu, frame);
    }
  }

  /** Nobody can move: either all is done, or everybody waits. */
  void finish() {
    for (int cpu = 0; cpu < frames.size(); cpu++) {
      if (!frames.get(cpu).isEmpty()) {
        throw new AssertionError("every CPU waits for another");
      }
    }
    interleaving.allow(ALLOWANCE);
    scene.end();
  }

  @Override
  public void close() {
    for (Deque<Frame> ofCpu : frames) {
      for (Frame frame : ofCpu) {
        if (frame.strand != null) {
          frame.strand.abandon();
        }
      }
    }
  }
}
