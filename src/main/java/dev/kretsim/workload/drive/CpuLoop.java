package dev.kretsim.workload.drive;

import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.machine.Cpu;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of one CPU: the same for virtual time and for real threads, which differ only in
 * the clock and in who calls {@link #turn}.
 *
 * <p>A thread keeps its CPU until it sleeps or finishes a call; then the next in line runs. A
 * sleeper's timer fires on the CPU it slept on; if that one is busy and another is idle, the
 * sleeper moves there.
 */
final class CpuLoop {
  /** Nothing to do until somebody sends a thread. */
  static final long NEVER = Long.MAX_VALUE;

  private static final long LATEST = Long.MAX_VALUE / 2;

  private static final int INBOX_CHUNK = 64;

  /** Ties go to the lower pid, so that virtual time repeats to the last bit. */
  private static final Comparator<Kthread> BY_PID =
      Comparator.comparingInt(thread -> thread.task().pid());

  private final Cpu cpu;
  private final Fleet fleet;
  private final Queue<Kthread> inbox = new MpscUnboundedAtomicArrayQueue<>(INBOX_CHUNK);
  private final ArrayDeque<Kthread> runQueue = new ArrayDeque<>();
  private final PriorityQueue<Kthread> timers =
      new PriorityQueue<>(
          Comparator.<Kthread>comparingLong(Kthread::wakeAtNs).thenComparing(BY_PID));
  private @Nullable Kthread spinning;
  private long spinUntilNs;
  private int killsSeen;
  private long steps;
  private volatile boolean idle = true;

  CpuLoop(Cpu cpu, Fleet fleet) {
    this.cpu = cpu;
    this.fleet = fleet;
  }

  /** Gives this CPU a thread to run; any thread may call. */
  void send(Kthread thread) {
    inbox.add(thread);
  }

  boolean idle() {
    return idle;
  }

  boolean hasMail() {
    return !inbox.isEmpty();
  }

  /**
   * Does what is due: wakes sleepers, then runs one thread to its next pause.
   *
   * @param now the time in nanoseconds
   * @return when the CPU has something to do again: at most {@code now} for at once, or {@link
   *     #NEVER}
   */
  long turn(long now) {
    steps = 1;
    if (spinning != null && now < spinUntilNs) {
      return spinUntilNs;
    }
    for (Kthread sent = inbox.poll(); sent != null; sent = inbox.poll()) {
      runQueue.add(sent);
    }
    if (killsSeen != fleet.kills()) {
      killsSeen = fleet.kills();
      bury();
    }
    while (!timers.isEmpty() && timers.element().wakeAtNs() <= now) {
      wake(timers.remove());
    }
    Kthread next = spinning != null ? spinning : runQueue.poll();
    spinning = null;
    if (next == null) {
      idle = true;
      return timers.isEmpty() ? NEVER : timers.element().wakeAtNs();
    }
    idle = false;
    run(next, now);
    return spinning != null ? spinUntilNs : now;
  }

  /** How many steps the last turn took, of bodies that take more than one; 1 at least. */
  long steps() {
    return steps;
  }

  private void run(Kthread thread, long now) {
    Kthread.Pause pause = thread.resume(cpu);
    steps = Math.max(1, thread.steps());
    switch (pause) {
      case SPINNING -> {
        spinning = thread;
        spinUntilNs = after(now, thread.pauseNs());
      }
      case SLEEPING -> {
        thread.wakeAtNs(after(now, thread.pauseNs()));
        timers.add(thread);
      }
      case RESTING -> runQueue.add(thread);
      case EXITED -> fleet.exited();
      case HOLDING -> {}
    }
  }

  private static long after(long now, long pauseNs) {
    if (pauseNs > LATEST - now) {
      throw new BadInputException(
          "the clock would pass 146 years; make times shorter, or calls fewer");
    }
    return now + pauseNs;
  }

  /** Sleepers that were killed do not wait for their timers. */
  private void bury() {
    List<Kthread> dead = timers.stream().filter(Kthread::killed).sorted(BY_PID).toList();
    timers.removeAll(dead);
    runQueue.addAll(dead);
  }

  private void wake(Kthread thread) {
    boolean busyHere = spinning != null || !runQueue.isEmpty();
    CpuLoop target = busyHere ? fleet.idleLoop(cpu.id()) : null;
    if (target == null) {
      runQueue.add(thread);
    } else {
      fleet.send(target, thread);
    }
  }

  Cpu cpu() {
    return cpu;
  }
}
