package dev.kretsim.pool.objpool;

import dev.kretsim.lock.CpuContexts;
import dev.kretsim.memory.Memory;
import dev.kretsim.memory.RealMemory;
import dev.kretsim.memory.explore.Operation;
import dev.kretsim.memory.interleave.Interleaving;
import dev.kretsim.testkit.PoolUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A bench in virtual time: CPUs take turns in an order that a seed decides, and a turn is an
 * operation or an access. Timers and the callback that retires the pool come in as interrupts do:
 * on top of what a CPU is at, before any of its turns, unless its interrupts are off.
 */
final class BenchInTurns {
  /** What a CPU does in a turn; by access, the pool has to keep its state in memory. */
  enum Turn {
    OPERATION,
    ACCESS
  }

  private static final int TURNS_PER_MS = 5;
  private static final long END = (long) ObjpoolCase.RUN_MS * TURNS_PER_MS;
  private static final int TIMER_TURNS = ObjpoolCase.TIMER_MS * TURNS_PER_MS;

  /** How many turns in a row a CPU gets, on average; the seed chooses one. */
  private static final int[] BURSTS = {1, 3, 12};

  /** Far above what any operation of a right pool does: it goes round in circles. */
  private static final int MOST_ACCESSES = 3_000;

  private final Interleaving interleaving = new Interleaving();
  private final Turn turn;
  private final Random random;
  private final ObjpoolBench bench;
  private final List<Cpu> cpus = new ArrayList<>();
  private long now;
  private boolean retired;

  private BenchInTurns(
      ObjpoolCase which, PoolUnderTest design, int cpuCount, Turn turn, long seed) {
    this.turn = turn;
    this.random = new Random(seed);
    Memory.Factory memories = turn == Turn.OPERATION ? RealMemory::new : interleaving;
    this.bench = new ObjpoolBench(which, design, new CpuContexts(cpuCount, memories), memories);
    for (int cpu = 0; cpu < cpuCount; cpu++) {
      cpus.add(new Cpu(cpu));
    }
  }

  /**
   * Runs a case to its end.
   *
   * @throws AssertionError if a promise is broken, or the pool gets stuck or breaks down
   */
  static ObjpoolBench.Outcome run(
      ObjpoolCase which, PoolUnderTest design, int cpus, Turn turn, long seed) {
    try {
      return new BenchInTurns(which, design, cpus, turn, seed).run();
    } catch (AssertionError | RuntimeException breach) {
      throw new AssertionError(
          "%s: %s %s cpus=%d turn=%s seed=%d"
              .formatted(
                  breach instanceof AssertionError ? breach.getMessage() : breach,
                  design,
                  which,
                  cpus,
                  turn,
                  seed),
          breach);
    }
  }

  private ObjpoolBench.Outcome run() {
    int burst = BURSTS[random.nextInt(BURSTS.length)];
    @Nullable Cpu last = null;
    while (!(retired && cpus.stream().allMatch(Cpu::idle))) {
      if (now == END) {
        bench.stop();
      }
      cpus.forEach(Cpu::takeInterrupt);
      List<Cpu> able = cpus.stream().filter(Cpu::able).toList();
      if (!able.isEmpty()) {
        Cpu chosen = able.get(random.nextInt(able.size()));
        if (last != null && able.contains(last) && random.nextInt(burst) != 0) {
          chosen = last;
        }
        last = chosen;
        chosen.step();
      }
      now++;
      if (now > 3 * END) {
        throw new AssertionError(
            bench.irqsEnabled(0) ? "no end" : "interrupts left off: no callback on cpu 0");
      }
    }
    return bench.close();
  }

  /** Whether whoever may still push has done so. */
  private boolean mayRetire() {
    return bench.which().async()
        ? bench.stopped() && cpus.stream().allMatch(cpu -> cpu.quiescentSinceStop)
        : cpus.stream().allMatch(Cpu::idle) && bench.stopped();
  }

  /** One operation after the other: a task's, or an interrupt's. */
  private final class Lane {
    private @Nullable Operation operation;
    private Interleaving.@Nullable Strand strand;

    boolean between() {
      return strand == null;
    }

    boolean able() {
      return strand == null || strand.runnable();
    }

    void begin(Operation next) {
      if (turn == Turn.OPERATION) {
        next.then().accept(next.code().getAsLong());
      } else {
        proceed(interleaving.start(next.code()), next);
      }
    }

    void step() {
      Interleaving.Strand progress = Objects.requireNonNull(strand);
      progress.step();
      if (progress.accesses() > MOST_ACCESSES) {
        throw new AssertionError("an operation goes round in circles");
      }
      proceed(progress, Objects.requireNonNull(operation));
    }

    private void proceed(Interleaving.Strand progress, Operation current) {
      boolean finished = progress.finished();
      strand = finished ? null : progress;
      operation = finished ? null : current;
      if (finished) {
        current.then().accept(progress.result());
      }
    }
  }

  private final class Cpu {
    private final int id;
    private final BulkContext worker;
    private final BulkContext timer;
    private final Lane task = new Lane();
    private final Lane interrupt = new Lane();
    private boolean interrupted;
    private boolean retiring;
    private boolean ended;
    private boolean quiescentSinceStop;
    private boolean slept;
    private long wakesAt;
    private long timerAt;

    Cpu(int id) {
      this.id = id;
      worker = new BulkContext(bench, id, bench.which().threadBulk());
      timer = new BulkContext(bench, id, bench.which().timerBulk());
      timerAt = random.nextInt(TIMER_TURNS);
    }

    boolean idle() {
      return ended && !interrupted;
    }

    boolean able() {
      return interrupted ? interrupt.able() : !ended && now >= wakesAt && task.able();
    }

    void takeInterrupt() {
      quiescentSinceStop |= bench.stopped() && bench.quiescent(id);
      if (interrupted || !bench.irqsEnabled(id)) {
        return;
      }
      if (id == 0 && !retired && !retiring && mayRetire()) {
        retiring = true;
        interrupted = true;
      } else if (bench.which().timerBulk() > 0 && now >= timerAt && !bench.stopped()) {
        // Not a fixed period, which might always hit the same spot.
        timerAt = now + 1 + random.nextInt(2 * TIMER_TURNS);
        timer.begin();
        interrupted = true;
      }
    }

    void step() {
      if (interrupted) {
        stepInterrupt();
      } else if (!task.between()) {
        task.step();
      } else if (worker.done()) {
        ended = bench.stopped();
        slept = false;
        worker.begin();
      } else if (worker.holdsAll() && !slept) {
        slept = true;
        wakesAt = now + (long) bench.which().delayMs() * TURNS_PER_MS;
      } else {
        task.begin(worker.next());
      }
    }

    private void stepInterrupt() {
      if (!interrupt.between()) {
        interrupt.step();
      } else if (retiring) {
        interrupt.begin(Operation.of("retire", () -> bench.retire(id), ignored -> retired = true));
      } else {
        interrupt.begin(timer.next());
      }
      retiring &= !retired;
      interrupted = !interrupt.between() || retiring || !timer.done();
    }
  }
}
