package dev.kretsim.trace.pairing;

import dev.kretsim.trace.Call;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pairs the entries and returns of a trace into calls. How a return finds its entry depends on what
 * the format shows and is left to the subclasses; the bookkeeping is here.
 */
public abstract class CallMatcher {
  /** More nested probed calls than this fit on no kernel stack, so the outermost must be over. */
  private static final int DEEPEST = 256;

  public final TimeOrder order;

  /** What the pass before this one learned. */
  public final Knowledge before;

  /** What this pass learns. */
  public final Knowledge learned = new Knowledge();

  private final Map<Long, TaskState> tasks = new HashMap<>();
  private final Map<Integer, Deque<OpenCall>> insideFromTheStart = new HashMap<>();
  private long[] entries = new long[16];
  private long[] unpairedExits = new long[16];
  private final boolean anyLost;
  private int recording;
  private long recordingFromNs = Long.MIN_VALUE;
  private long shiftNs;
  private int calls;
  private Wanted wanted = Wanted.ALL;
  private @Nullable TaskState latestTask;
  private long latestKey;

  public CallMatcher(TimeOrder order, Knowledge before) {
    this.order = order;
    this.before = before;
    this.anyLost = !before.lost.isEmpty();
    enterBefore();
  }

  /** Enters those who are inside when a recording begins. */
  private void enterBefore() {
    Map<OpenCall, Long> entered = new LinkedHashMap<>();
    for (Knowledge.BegunBefore begun : before.begunBefore) {
      if (begun.recording() == recording) {
        long shownNs = begun.entryNs() > begun.fromNs() ? begun.entryNs() : Long.MIN_VALUE;
        OpenCall call = order.call();
        call.begin(-1, begun.function(), begun.task(), Call.TASK_CONTEXT, 1, shownNs, null);
        insideFromTheStart
            .computeIfAbsent(begun.function(), function -> new ArrayDeque<>())
            .add(call);
        entered.put(call, begun.entryNs());
      }
    }
    List<OpenCall> early = new ArrayList<>(entered.keySet());
    // Those that began before the first stamp are inside from there on, but one after the other:
    // who came first has an instance of a small pool.
    early.sort(Comparator.comparing(entered::get));
    order.enterBefore(early);
  }

  /** Calls of other functions need not be handed on; they still tell when these are over. */
  public void only(Wanted functions) {
    wanted = functions;
  }

  /** Another recording begins, at that time of its clock; it follows on the one before. */
  public void newRecording(long firstNs) {
    // Who entered at the last stamp is inside too, before anybody's recording is cut off.
    order.endStamp();
    endRecording();
    order.finish();
    tasks.values().forEach(TaskState::forget);
    insideFromTheStart.values().forEach(calls -> calls.forEach(order::cut));
    insideFromTheStart.clear();
    recording++;
    shiftNs = order.latestNs() - firstNs;
    order.advance(firstNs + shiftNs);
    recordingFromNs = firstNs + shiftNs;
    enterBefore();
  }

  /** The calls that are open now never return. */
  protected void endRecording() {
    for (TaskState task : tasks.values()) {
      while (task.opens() > 0) {
        cut(task.pop());
      }
    }
  }

  /** A call is inside where its recording ends. */
  protected void cut(OpenCall call) {
    order.cut(call);
  }

  /** A time in the clock of the calls, in which recordings follow on each other. */
  protected final long shifted(long timeNs) {
    return timeNs + shiftNs;
  }

  /** The task of that process id; each CPU's idle task has process id 0. */
  public final TaskState task(long pid, int cpu) {
    long key = pid == 0 ? -1L - cpu : pid;
    TaskState task = latestTask;
    if (task == null || key != latestKey) {
      task = tasks.get(key);
      if (task == null) {
        task = new TaskState(tasks.size());
        tasks.put(key, task);
      }
      latestTask = task;
      latestKey = key;
    }
    return task;
  }

  protected final Iterable<TaskState> tasks() {
    return tasks.values();
  }

  /** Number of calls that were entered so far. */
  protected final int calls() {
    return calls;
  }

  /** A new call; it is entered now. */
  protected final OpenCall enter(TaskState task, int function, int context, long nowNs) {
    int depth = task.opens() == 0 ? 1 : task.openOf(function, context) + 1;
    return enter(
        task,
        function,
        context,
        nowNs,
        depth,
        depth == 1 ? null : task.innermost(function, context));
  }

  /** As above, where it is known how deep the call is nested, and in which. */
  protected final OpenCall enter(
      TaskState task,
      int function,
      int context,
      long nowNs,
      int depth,
      @Nullable OpenCall enclosing) {
    OpenCall call = order.call();
    call.begin(calls, function, task.number, context, depth, nowNs, enclosing);
    call.wanted = wanted.isOne(function);
    call.knownLost = anyLost && before.lost.get(calls);
    count(function);
    order.enter(call);
    return call;
  }

  /**
   * A call is entered now and returns at a known time before its task goes on. Does all that there
   * is to do, if nobody wants to know of it.
   */
  protected final boolean passes(TaskState task, int function, long exitNs) {
    if (wanted.isOne(function)) {
      return false;
    }
    count(function);
    order.passes(exitNs);
    task.callsUnwanted(exitNs);
    return true;
  }

  private void count(int function) {
    if (calls < Integer.MAX_VALUE - 1) {
      calls++;
    }
    if (function < entries.length) {
      entries[function]++;
    } else {
      entries = counted(entries, function);
    }
  }

  /** Keeps a call as the task's innermost. */
  protected final void push(TaskState task, OpenCall call) {
    if (task.opens() == DEEPEST) {
      learned.overAtReentry.set(task.open(0).ordinal);
      lose(task.removeOutermost());
    }
    task.push(call);
  }

  /** Whether a pass before this one found that a call's return is missing. */
  protected final boolean isKnownLost(OpenCall call) {
    return anyLost && before.lost.get(call.ordinal);
  }

  /** A call is over, but the trace does not show its return. */
  public void lose(OpenCall call) {
    learned.lost.set(call.ordinal);
    order.leave(call, true);
  }

  /**
   * A return without an entry.
   *
   * @param sinceTheStart whether the trace shows the task inside from its start until now
   * @param entryNs when the call was entered; {@link Long#MIN_VALUE} if that is not known
   */
  protected final void unpaired(TaskState task, int function, boolean sinceTheStart, long entryNs) {
    unpairedExits = counted(unpairedExits, function);
    if (!sinceTheStart || task.begunBefore == DEEPEST || !wanted.isOne(function)) {
      return;
    }
    task.begunBefore++;
    learned.begunBefore.add(
        new Knowledge.BegunBefore(
            recording, function, task.number, entryNs, Math.max(recordingFromNs, order.firstNs())));
    OpenCall call = firstInside(function);
    if (call != null) {
      order.leave(call, false);
    }
  }

  private @Nullable OpenCall firstInside(int function) {
    Deque<OpenCall> inside = insideFromTheStart.get(function);
    return inside == null ? null : inside.poll();
  }

  /** The trace is over. */
  public void finish() {
    if (!learned.begunBefore.isEmpty()) {
      learned.begunBefore.removeIf(begun -> entries(begun.function()) == 0);
    }
    order.finish();
  }

  /** All returns so far were calls of their own, and time begins again. */
  protected final void forgetReturns() {
    learned.begunBefore.clear();
    Arrays.fill(unpairedExits, 0);
    order.restart();
  }

  /** How many entries of a function the trace has. */
  public final long entries(int function) {
    return function < entries.length ? entries[function] : 0;
  }

  /** How many returns of a function have no entry. */
  public final long unpairedExits(int function) {
    return function < unpairedExits.length ? unpairedExits[function] : 0;
  }

  private static long[] counted(long[] counts, int function) {
    long[] grown =
        function < counts.length
            ? counts
            : Arrays.copyOf(counts, Math.max(2 * counts.length, function + 1));
    grown[function]++;
    return grown;
  }
}
