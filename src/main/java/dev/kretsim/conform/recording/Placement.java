package dev.kretsim.conform.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the recorded scheduler ran each task, as far as the recording tells: the CPU of each logged
 * handler call. Once a replay has left that path, or the path ends, placement is unknown and
 * whatever depends on it is not compared any more.
 */
public final class Placement {
  private final Map<String, Deque<Integer>> cpus = new HashMap<>();
  private final Deque<String> interrupted = new ArrayDeque<>();
  private boolean known = true;
  private boolean breakpoints;

  public Placement(List<JsonNode> observed, int onlineCpus) {
    for (JsonNode answer : observed) {
      for (JsonNode event : answer.path("events")) {
        String of = event.path("task").asText();
        breakpoints |= event.path("ctx").asText().equals("nmi");
        if (event.path("ctx").asText().endsWith("irq") && event.path("k").asText().equals("E")) {
          interrupted.add(of);
        }
        cpus.computeIfAbsent(of, task -> new ArrayDeque<>())
            .add(Math.min(event.path("cpu").asInt(), onlineCpus - 1));
      }
    }
  }

  /**
   * Whether the optimiser was early, as it is now and then with PREEMPT_RT: no logged handler ran
   * from a breakpoint.
   */
  public boolean jumpsEarly() {
    return !breakpoints;
  }

  /** The CPU on which the task's next handler was called; {@code otherwise} if unknown. */
  public int next(String task, int otherwise) {
    Deque<Integer> path = cpus.get(task);
    return path == null || path.isEmpty() ? otherwise : path.element();
  }

  /** A handler is called for the task on {@code cpu}, the next on its path. */
  public void follow(String task, int cpu) {
    Deque<Integer> path = cpus.get(task);
    if (path == null || path.isEmpty() || path.remove() != cpu) {
      known = false;
    }
  }

  /** The task that the next recorded interrupt arrived in; an idle one if none is known. */
  public String nextInterrupted() {
    return interrupted.isEmpty() ? "swapper/0" : interrupted.remove();
  }

  /** Instances moved, or may have, where no handler was logged. */
  public void lose() {
    known = false;
  }

  public boolean known() {
    return known;
  }
}
