package dev.kretsim.explain;

import dev.kretsim.arch.PtRegs;
import dev.kretsim.kernel.machine.Cpu;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.machine.Task;
import dev.kretsim.kernel.text.Symbol;
import dev.kretsim.probe.KprobeFlag;
import dev.kretsim.probe.Kretprobe;
import dev.kretsim.probe.KretprobeInstance;
import dev.kretsim.workload.drive.Step;
import dev.kretsim.workload.run.CallListener;
import dev.kretsim.workload.scenario.Scenario;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records who did what when in a run: calls of each task, the task that each CPU runs, what the
 * kretprobes missed and declined, how many of their instances are in use.
 *
 * <p>A call's span begins at its body's first step and ends when the body is through: a hit takes
 * no virtual time. Recording takes a lock, so a run on real threads is slower than without.
 */
public final class Timeline implements CallListener {
  /** Calls that begin when so many events are recorded are left out. */
  public static final int MAX_EVENTS = 1_000_000;

  /** On which line an event is drawn. */
  public enum Track {
    TASK,
    CPU,
    /** A number over time, with the event's name. */
    COUNTER,
    /** The whole machine. */
    GLOBAL
  }

  /** What an event does on its track. */
  public enum Kind {
    BEGIN,
    END,
    INSTANT,
    VALUE
  }

  /**
   * One event.
   *
   * @param row number of the task or CPU; 0 on other tracks
   * @param name of the span, instant or counter; empty at the end of a span
   * @param value of a counter, or the argument of a call
   */
  public record Event(long atNs, Track track, int row, Kind kind, String name, long value) {}

  private static final class OpenCall {
    private final Symbol function;
    private final boolean shown;
    private final Set<Kretprobe> followed;

    OpenCall(Symbol function, boolean shown, Set<Kretprobe> followed) {
      this.function = function;
      this.shown = shown;
      this.followed = followed;
    }
  }

  /** What a task is doing: its open calls, and what its next call has got from entry handlers. */
  private static final class TaskLine {
    private final ArrayDeque<OpenCall> calls = new ArrayDeque<>();
    private final ArrayDeque<Kretprobe> inHandlers = new ArrayDeque<>();
    private final Set<Kretprobe> followed = new LinkedHashSet<>();
    private final Set<Kretprobe> popped = new LinkedHashSet<>();
    private long argument;
  }

  private final List<Event> events = new ArrayList<>();
  private final Map<String, List<Kretprobe>> probes = new HashMap<>();
  private final Map<Kretprobe, Integer> inUse = new LinkedHashMap<>();
  private final Map<Task, TaskLine> lines = new LinkedHashMap<>();
  private final TreeMap<Integer, String> taskNames = new TreeMap<>();
  private final Map<Integer, Task> running = new HashMap<>();
  private LongSupplier clock = () -> 0;
  private int cpus;
  private long callsLeftOut;

  /** Everything in the order of time. */
  public synchronized List<Event> events() {
    // Real threads read their clocks before they wait for each other here; the sort is stable.
    List<Event> inOrder = new ArrayList<>(events);
    inOrder.sort(Comparator.comparingLong(Event::atNs));
    return inOrder;
  }

  /** Names of the tasks that occur, by number. */
  public synchronized Map<Integer, String> tasks() {
    return new TreeMap<>(taskNames);
  }

  /** How many CPUs there are. */
  public synchronized int cpus() {
    return cpus;
  }

  /** How many calls found the timeline full. */
  public synchronized long callsLeftOut() {
    return callsLeftOut;
  }

  @Override
  public synchronized void booted(Machine machine, LongSupplier driversClock) {
    clock = driversClock;
    cpus = machine.spec().onlineCpus();
  }

  @Override
  public synchronized void registered(List<Kretprobe> kretprobes) {
    for (Kretprobe probe : kretprobes) {
      probes
          .computeIfAbsent(String.valueOf(probe.kp().symbolName()), name -> new ArrayList<>())
          .add(probe);
      inUse.put(probe, 0);
      count(clock.getAsLong(), probe, 0);
    }
  }

  @Override
  public synchronized void popped(Cpu cpu, KretprobeInstance instance, PtRegs regs) {
    TaskLine line = lineOf(cpu.task());
    line.inHandlers.push(instance.kretprobe());
    count(clock.getAsLong(), instance.kretprobe(), 1);
  }

  @Override
  public synchronized void answered(Cpu cpu, KretprobeInstance instance, int answer) {
    TaskLine line = lineOf(cpu.task());
    line.inHandlers.pop();
    line.popped.add(instance.kretprobe());
    if (answer == 0) {
      line.followed.add(instance.kretprobe());
    } else {
      long now = clock.getAsLong();
      instant(now, cpu.task(), "declined: " + symbolOf(instance.kretprobe()));
      count(now, instance.kretprobe(), -1);
    }
  }

  @Override
  public synchronized void entered(Cpu cpu, Symbol function) {
    long now = clock.getAsLong();
    Task task = cpu.task();
    TaskLine line = lineOf(task);
    run(now, cpu, task);
    boolean nested = !line.inHandlers.isEmpty();
    for (Kretprobe probe : probes.getOrDefault(function.name(), List.of())) {
      if (nested) {
        instant(now, task, "nested: " + function.name());
      } else if (!line.popped.contains(probe) && enabled(probe)) {
        instant(now, task, "missed: " + function.name());
      }
    }
    boolean shown = events.size() < MAX_EVENTS;
    line.calls.push(
        new OpenCall(function, shown, nested ? Set.of() : new LinkedHashSet<>(line.followed)));
    if (!nested) {
      line.followed.clear();
      line.popped.clear();
    }
    if (shown) {
      events.add(
          new Event(now, Track.TASK, task.pid(), Kind.BEGIN, function.name(), line.argument));
    } else {
      callsLeftOut++;
    }
  }

  @Override
  public synchronized void step(Cpu cpu, Symbol function, Step step) {
    long now = clock.getAsLong();
    Task task = cpu.task();
    TaskLine line = lineOf(task);
    if (step instanceof Step.Return) {
      OpenCall call = line.calls.peek();
      if (call != null && call.function.equals(function)) {
        line.calls.pop();
        leave(now, task, call);
        if (line.calls.isEmpty()) {
          stop(now, cpu);
        }
      }
    } else if (step instanceof Step.Sleep || step instanceof Step.Hold) {
      stop(now, cpu);
    } else if (step instanceof Step.Exit) {
      end(now, cpu, task);
    } else {
      run(now, cpu, task);
      line.argument = step instanceof Step.Call call ? call.argument() : 0;
    }
  }

  @Override
  public synchronized void happened(Scenario.EventSpec event) {
    long now = clock.getAsLong();
    add(new Event(now, Track.GLOBAL, 0, Kind.INSTANT, event.text(), 0));
    if (event instanceof Scenario.EventSpec.KillTask kill) {
      List<Task> dead =
          lines.keySet().stream().filter(task -> task.comm().equals(kill.comm())).toList();
      dead.forEach(task -> die(now, task));
    }
  }

  private void die(long now, Task task) {
    List<Integer> on =
        running.keySet().stream().filter(cpu -> running.get(cpu) == task).sorted().toList();
    for (int cpu : on) {
      running.remove(cpu);
      endRow(now, Track.CPU, cpu);
    }
    leaveAll(now, task);
  }

  private void leaveAll(long now, Task task) {
    lineOf(task).calls.forEach(call -> leave(now, task, call));
    lines.remove(task);
  }

  @Override
  public synchronized void ended() {
    long now = clock.getAsLong();
    for (Map.Entry<Task, TaskLine> line : lines.entrySet()) {
      line.getValue().calls.forEach(call -> leave(now, line.getKey(), call));
      line.getValue().calls.clear();
    }
    running.keySet().stream().sorted().forEach(cpu -> endRow(now, Track.CPU, cpu));
    running.clear();
  }

  private void end(long now, Cpu cpu, Task task) {
    leaveAll(now, task);
    stop(now, cpu);
  }

  private void leave(long now, Task task, OpenCall call) {
    call.followed.forEach(probe -> count(now, probe, -1));
    if (call.shown) {
      endRow(now, Track.TASK, task.pid());
    }
  }

  private void run(long now, Cpu cpu, Task task) {
    if (running.get(cpu.id()) != task && events.size() < MAX_EVENTS) {
      stop(now, cpu);
      running.put(cpu.id(), task);
      events.add(new Event(now, Track.CPU, cpu.id(), Kind.BEGIN, task.toString(), 0));
    }
  }

  private void stop(long now, Cpu cpu) {
    if (running.remove(cpu.id()) != null) {
      endRow(now, Track.CPU, cpu.id());
    }
  }

  private void endRow(long now, Track track, int row) {
    events.add(new Event(now, track, row, Kind.END, "", 0));
  }

  private void count(long now, Kretprobe probe, int change) {
    int value = inUse.merge(probe, change, Integer::sum);
    add(new Event(now, Track.COUNTER, 0, Kind.VALUE, "instances in use: " + nameOf(probe), value));
  }

  private void instant(long now, Task task, String name) {
    add(new Event(now, Track.TASK, task.pid(), Kind.INSTANT, name, 0));
  }

  private void add(Event event) {
    if (events.size() < MAX_EVENTS) {
      events.add(event);
    }
  }

  private TaskLine lineOf(Task task) {
    taskNames.putIfAbsent(task.pid(), task.toString());
    return lines.computeIfAbsent(task, unknown -> new TaskLine());
  }

  private static boolean enabled(Kretprobe probe) {
    return !probe.kp().flags().contains(KprobeFlag.DISABLED);
  }

  /** Its symbol; with a number, where others are on the same function before it. */
  private String nameOf(Kretprobe probe) {
    String symbol = String.valueOf(symbolOf(probe));
    int place = probes.getOrDefault(symbol, List.of()).indexOf(probe);
    return place > 0 ? symbol + " #" + (place + 1) : symbol;
  }

  private static @Nullable String symbolOf(Kretprobe probe) {
    return probe.kp().symbolName();
  }
}
